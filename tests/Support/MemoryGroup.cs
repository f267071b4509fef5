// A control group with little memory: the kernel kills what is in it and needs more.
using System.Globalization;

namespace Guestfs.TestSupport;

/// <summary>A control group with a limit of memory; only root can make one, and in most containers not even he.</summary>
public sealed class MemoryGroup : IDisposable
{
    private const string Mount = "/sys/fs/cgroup";

    private readonly string directory;

    private MemoryGroup(string directory) => this.directory = directory;

    /// <summary>Makes one.</summary>
    /// <param name="bytes">Its limit.</param>
    /// <returns>Null where that is not possible.</returns>
    public static MemoryGroup? TryMake(long bytes)
    {
        // Version 1 has a tree for memory, version 2 one for all.
        bool first = Directory.Exists($"{Mount}/memory");
        string directory = $"{Mount}{(first ? "/memory" : "")}/guestfs-test-{Guid.NewGuid():N}";
        try
        {
            if (!first)
            {
                File.WriteAllText($"{Mount}/cgroup.subtree_control", "+memory");
            }

            Directory.CreateDirectory(directory);
            File.WriteAllText(
                $"{directory}/{(first ? "memory.limit_in_bytes" : "memory.max")}", bytes.ToString(CultureInfo.InvariantCulture));
            return new MemoryGroup(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Command.TryRun("rmdir", [directory]);
            return null;
        }
    }

    /// <summary>What runs a program in it: a prefix of its command line.</summary>
    public IReadOnlyList<string> Prefix => ["sh", "-c", $"echo $$ > {directory}/cgroup.procs; exec \"$@\"", "sh"];

    /// <inheritdoc/>
    public void Dispose() => Command.TryRun("rmdir", [directory]);
}
