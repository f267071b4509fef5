using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// The directory <c>resume</c> in that of an appliance: machines that were saved, and a program that other users of libguestfs start in
/// qemu's place, by <c>LIBGUESTFS_HV</c>, to resume them.
/// </summary>
internal static class ResumeDirectory
{
    private const string Name = "resume", Machine = "machine", Program = "qemu", Rules = "rules";

    /// <summary>Makes it, if need be, and says why it cannot be used; null if it can.</summary>
    internal static string? Create(string appliance) => PrivateDirectory.Ensure(Path.Combine(appliance, Name));

    /// <summary>How the names of saved machines begin; null if the appliance has no such directory, or not of this user alone.</summary>
    internal static string? MachinesOf(string appliance)
    {
        string directory = Path.Combine(appliance, Name);
        return Directory.Exists(directory) && PrivateDirectory.Ensure(directory) is null ? Path.Combine(directory, Machine) : null;
    }

    /// <summary>Writes the program that resumes, or boots if there is nothing to resume.</summary>
    /// <param name="appliance">The appliance.</param>
    /// <param name="qemu">The qemu.</param>
    /// <param name="saved">What was saved; null for nothing.</param>
    /// <returns>The program; null if there is none for this processor, or none can be run there.</returns>
    internal static string? TryWriteProgram(string appliance, string qemu, SavedMachine? saved)
    {
        string directory = Path.Combine(appliance, Name), program = Path.Combine(directory, Program);
        FileInfo target = RecordFile.Target(new FileInfo(qemu));

        // native/launcher/launcher.c explains the letters.
        IEnumerable<string> rules =
            [$"q{qemu}", "u", .. saved is null ? (string[])[] : [$"s{saved.Directory}", $"f{HostBoot.ReadId()}"]];
        if (!Launcher.TryWrite(program, target))
        {
            return null;
        }

        // Aside first: who launches meanwhile gets the old ones or the new ones.
        string file = Path.Combine(directory, Rules), aside = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllBytes(aside, Launcher.Encode(rules));
        File.Move(aside, file, overwrite: true);
        return program;
    }

    /// <summary>The qemu behind such a program: this library resumes by itself, and sees better whether that succeeds.</summary>
    internal static bool TryFindQemu(string hypervisor, [NotNullWhen(true)] out string? qemu)
    {
        qemu = null;
        string? directory = Path.GetDirectoryName(hypervisor);
        if (Path.GetFileName(hypervisor) != Program || Path.GetFileName(directory) != Name)
        {
            return false;
        }

        try
        {
            string first = LosslessUtf8.GetString(File.ReadAllBytes(Path.Combine(directory!, Rules))).Split('\0')[0];
            qemu = first.StartsWith('q') ? first[1..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is a program of that name.
        }

        return qemu is not null;
    }
}
