namespace Guestfs.TestSupport;

/// <summary>Progress that is reported one at a time and before the call goes on;
/// <see cref="Progress{T}"/> posts it to another thread.</summary>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="report">Takes each report.</param>
public sealed class SynchronousProgress<T>(Action<T> report) : IProgress<T>
{
    private readonly Lock one = new();

    /// <inheritdoc/>
    public void Report(T value)
    {
        lock (one)
        {
            report(value);
        }
    }
}
