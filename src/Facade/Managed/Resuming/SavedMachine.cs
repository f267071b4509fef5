using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// A machine that was saved, in a directory beside its appliance: its memory, its devices, what it had written on its root, and qemu's
/// arguments. It belongs to one qemu, one version of libguestfs, one size, and one boot of the host, whose clock it counts by.
/// </summary>
internal sealed class SavedMachine
{
    // Of savings that were begun, or had to be thrown away, without one that lasts.
    private const int MaxFailures = 3, MaxLines = 12;
    private const string Unfinished = "the process that saved it has ended before it was finished";
    private const string Aside = ".tmp-", Failures = ".failures", Lock = ".lock";
    private const string MemoryName = "memory", DevicesName = "devices", RootName = "root.qcow2", ArgumentsName = "arguments";
    private const string SumName = "sum";
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(30), Rest = TimeSpan.FromMinutes(2);
    private static readonly string[] Parts = [MemoryName, DevicesName, RootName, ArgumentsName];

    private readonly string appliance, name;

    private SavedMachine(string appliance, string name)
    {
        this.appliance = appliance;
        this.name = name;
    }

    /// <summary>The directory, whether or not it is there.</summary>
    internal string Directory => name;

    /// <summary>What the machine has written on its root, over that of the appliance.</summary>
    internal string Root => Path.Combine(name, RootName);

    /// <summary>Whether it was saved, and nobody has touched it since.</summary>
    internal bool Exists =>
        File.Exists(Path.Combine(name, SumName)) && string.Join('\n', ReadLines(Path.Combine(name, SumName))) == Sum(name);

    /// <summary>Why none is saved any more; null if one may be.</summary>
    internal string? Refusal
    {
        get
        {
            string[] lines = ReadLines(name + Failures);

            // Programs that were over too soon say little of the machine: after a while another one may have the time.
            return lines.Length >= MaxFailures
                && (lines.Count(line => line != Unfinished) >= MaxFailures
                    || DateTime.UtcNow - File.GetLastWriteTimeUtc(name + Failures) < Rest)
                ? lines[^1]
                : null;
        }
    }

    /// <summary>The one that fits a handle, if it is there.</summary>
    /// <param name="appliance">The directory of the appliance.</param>
    /// <param name="beside">That, or another name beside which it is kept.</param>
    /// <param name="handle">The handle, before its launch.</param>
    internal static SavedMachine Of(string appliance, string beside, GuestfsHandle handle) => new(appliance, SavedMachines.NameOf(
        beside,
        $"{RecordFile.Describe(new FileInfo(handle.GetHv()))} {Launcher.Version} {handle.Version()} "
        + $"{handle.GetMemsize()} {handle.GetSmp()} {string.Join(' ', handle.GetBackendSettings().Where(IsOfMachine))}"));

    // All machines that are saved are emulated.
    private static bool IsOfMachine(string setting) => setting is not ("force_tcg" or "force_tcg=1");

    /// <summary>It was resumed.</summary>
    internal void MarkUsed()
    {
        try
        {
            System.IO.Directory.SetLastWriteTimeUtc(name, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it counts as older than it is, and is saved again.
        }
    }

    /// <summary>It was to be saved, or was resumed, and that has failed.</summary>
    internal void Fail(string reason) => RecordFile.Write(
        name + Failures, [.. ReadLines(name + Failures).TakeLast(MaxLines - 1), reason.ReplaceLineEndings(" ")]);

    /// <summary>Throws it away: it could not be resumed.</summary>
    internal void Refute(string reason)
    {
        Fail(reason);
        SavedMachines.Remove(name);
    }

    // What was thrown away still counts: another one may be no better.
    private void Succeed()
    {
        string[] others = [.. ReadLines(name + Failures).Where(line => line != Unfinished)];
        SavedMachines.Remove(name + Failures);
        if (others.Length > 0)
        {
            RecordFile.Write(name + Failures, others);
        }
    }

    /// <summary>Begins to save one. Nobody else does until that is disposed of.</summary>
    /// <returns>Null if somebody does, or did.</returns>
    internal Saving? TryBegin()
    {
        FileStream held;
        try
        {
            held = new FileStream(name + Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        if (Exists || Refusal is not null)
        {
            held.Dispose();
            return null;
        }

        // Until it is finished, it counts as failed: this process may end before.
        Fail(Unfinished);
        RemoveOld();
        return new Saving(this, held);
    }

    private static string[] ReadLines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // In a private directory, in the time between two boots: who could change a part without its time could change this too.
    private static string Sum(string directory) => string.Join('\n', Parts.Select(part => new FileInfo(Path.Combine(directory, part)))
        .Select(file => file.Exists ? RecordFile.Describe(file)[directory.Length..] : file.Name));

    // What processes have left that were killed, and what nobody will resume.
    private void RemoveOld()
    {
        string parent = Path.GetDirectoryName(name)!;
        foreach (string left in System.IO.Directory.EnumerateFileSystemEntries(parent, Path.GetFileName(name) + Aside + "*"))
        {
            SavedMachines.Remove(left);
        }

        DateTime now = DateTime.UtcNow;
        SavedMachines.Collect(parent, now, now - KeptUnused);
    }

    /// <summary>A machine that is being saved.</summary>
    internal sealed class Saving : IDisposable
    {
        private readonly SavedMachine machine;
        private readonly FileStream held;
        private readonly string directory;

        /// <summary>Makes the directory.</summary>
        internal Saving(SavedMachine machine, FileStream held)
        {
            this.machine = machine;
            this.held = held;
            directory = machine.name + Aside + Path.GetRandomFileName()[..8];
            PrivateDirectory.Ensure(directory);
        }

        /// <summary>Where the memory goes.</summary>
        internal string Memory => Path.Combine(directory, MemoryName);

        /// <summary>Where the devices go.</summary>
        internal string Devices => Path.Combine(directory, DevicesName);

        /// <summary>Where the overlay of the root goes.</summary>
        internal string Root => Path.Combine(directory, RootName);

        /// <summary>All of it is there, and can be used from now on.</summary>
        internal void Finish(MachineArguments arguments)
        {
            File.WriteAllBytes(
                Path.Combine(directory, ArgumentsName),
                LosslessUtf8.GetBytes($"{string.Join('\0', arguments.Expected)}\0\0{string.Join('\0', arguments.Resumed)}\0\0"));
            RecordFile.Write(Path.Combine(directory, SumName), Sum(directory));
            SavedMachines.WriteOrigin(directory, machine.appliance);
            SavedMachines.Remove(machine.name);
            System.IO.Directory.Move(directory, machine.name);
            machine.Succeed();
        }

        public void Dispose()
        {
            SavedMachines.Remove(directory);
            held.Dispose();
        }
    }
}
