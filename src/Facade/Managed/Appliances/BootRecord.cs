// Whether an appliance of a cache boots with a qemu, once that has been seen: beside the appliance, which the cache removes
// together with it.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>What is known of an appliance and a qemu.</summary>
internal sealed class BootRecord
{
    private const string Boots = "boots", Fails = "fails";
    private readonly string file, hypervisor;

    /// <summary>Reads what is known.</summary>
    /// <param name="appliance">The appliance's directory in a cache.</param>
    /// <param name="hypervisor">The qemu, which counts as another when its file has changed.</param>
    internal BootRecord(string appliance, string hypervisor)
    {
        FileInfo program = RecordFile.Target(new FileInfo(hypervisor));
        this.hypervisor = RecordFile.Describe(program);
        file = $"{appliance}.boot-{RecordFile.NameOf(program.FullName)}";
        try
        {
            if (File.Exists(file) && File.ReadAllLines(file) is [var known, Boots or Fails, var reason] lines && known == this.hypervisor)
            {
                (HasBooted, Failure) = lines[1] == Boots ? (true, null) : (false, reason);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is tried again.
        }
    }

    /// <summary>Whether it has been seen to boot.</summary>
    internal bool HasBooted { get; private set; }

    /// <summary>Why it did not boot; null if that was never seen.</summary>
    internal string? Failure { get; private set; }

    /// <summary>It was seen to boot, or not to.</summary>
    /// <param name="failure">Why it did not; null if it did.</param>
    internal void Write(string? failure) =>
        RecordFile.Write(file, hypervisor, failure is null ? Boots : Fails, failure?.ReplaceLineEndings(" ") ?? "");
}
