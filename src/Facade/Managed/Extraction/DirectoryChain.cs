namespace Guestfs;

/// <summary>The way from the caller's directory to one below, so that the parent of each is known without asking for <c>..</c>.</summary>
internal sealed class DirectoryChain : IDisposable
{
    private readonly Stack<HostDirectory> directories = new();

    internal HostDirectory Current => directories.Peek();

    internal int Count => directories.Count;

    internal void Push(HostDirectory directory) => directories.Push(directory);

    /// <summary>Goes back to the parent.</summary>
    internal void Pop() => directories.Pop().Dispose();

    public void Dispose()
    {
        while (directories.Count > 0)
        {
            Pop();
        }
    }
}
