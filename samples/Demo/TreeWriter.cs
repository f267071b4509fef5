// Collects a tree of lines and prints it with branches.
namespace Guestfs.Demo;

/// <summary>A tree that is printed when it is complete: a branch's shape depends on what follows it.</summary>
internal sealed class TreeWriter
{
    private readonly List<(int Depth, string Text)> nodes = [];
    private int depth;

    /// <summary>Adds a line at the present depth.</summary>
    internal void Node(string text) => nodes.Add((depth, text));

    /// <summary>What is added until the result is disposed is one level deeper.</summary>
    internal IDisposable Indent()
    {
        depth++;
        return new Level(this);
    }

    /// <summary>Prints the tree.</summary>
    internal void Print(TextWriter output)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            (int level, string text) = nodes[i];
            for (int d = 1; d < level; d++)
            {
                output.Write(HasNext(i, d) ? "│  " : "   ");
            }

            output.Write(level == 0 ? "" : HasNext(i, level) ? "├─ " : "└─ ");
            output.WriteLine(text);
        }
    }

    // Whether another node follows at that depth under the same parent.
    private bool HasNext(int index, int level) => nodes.Skip(index + 1).TakeWhile(n => n.Depth >= level).Any(n => n.Depth == level);

    private sealed class Level(TreeWriter tree) : IDisposable
    {
        public void Dispose() => tree.depth--;
    }
}
