using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// A directory for one launch, closed to other users: the launcher under qemu's name, its rules, its report, and a directory for qemu's
/// temporary files, which have no names any more once it runs.
/// </summary>
internal sealed class LaunchDirectory : IDisposable
{
    // What the launcher holds in memory.
    private const int MaxRules = 65535;
    private const string Rules = "rules", Report = "report", Arguments = "arguments", Temporary = "tmp";

    private readonly string path;

    private LaunchDirectory(string path, string launcher)
    {
        this.path = path;
        Hypervisor = launcher;
    }

    /// <summary>The launcher.</summary>
    internal string Hypervisor { get; }

    /// <summary>Makes one where qemu makes its temporary files.</summary>
    /// <param name="launcher">The launcher's file.</param>
    /// <param name="qemu">The qemu.</param>
    /// <param name="rules">What the launcher is told, without the qemu and the temporary directory.</param>
    /// <returns>Null where that cannot be.</returns>
    internal static LaunchDirectory? TryCreate(string launcher, string qemu, IEnumerable<string> rules)
    {
        string? chosen = HostEnvironment.Variable("TMPDIR");
        string path = Path.Combine(
            Path.IsPathRooted(chosen) ? chosen : "/var/tmp", $"guestfs-{Path.GetRandomFileName()}");
        LaunchDirectory? made = null;
        try
        {
            string temporary = Path.Combine(path, Temporary), link = Path.Combine(path, Path.GetFileName(qemu));
            IEnumerable<string> all = [$"q{qemu}", $"t{temporary}", .. rules];
            byte[] text = Launcher.Encode(all);
            if (text.Length > MaxRules || PrivateDirectory.Ensure(path) is not null)
            {
                return null;
            }

            made = new LaunchDirectory(path, link);
            Directory.CreateDirectory(temporary);
            File.CreateSymbolicLink(link, launcher);
            File.WriteAllBytes(Path.Combine(path, Report), []);
            File.WriteAllBytes(Path.Combine(path, Arguments), []);
            File.WriteAllBytes(Path.Combine(path, Rules), text);
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made?.Dispose();
            return null;
        }
    }

    /// <summary>What the launcher has done.</summary>
    internal LaunchReport ReadReport()
    {
        LaunchReport report = new() { Arguments = ReadStrings(Arguments) };
        foreach (string line in ReadStrings(Report))
        {
            string rest = line[1..];
            switch (line[0])
            {
                case 'c':
                    report.NotConfined = null;
                    break;
                case 'a':
                    report.NotConfined = $"the argument {PrintableText.Line(rest)} was added by "
                        + $"{ApiName.Function(nameof(GuestfsHandle.Config))}, and can name any file";
                    break;
                case 'e':
                    report.NotConfined = $"the kernel refused it with error {rest}";
                    break;
                case 'r':
                    report.HasResumed = true;
                    break;
                case 'n':
                    report.NotResumed = PrintableText.Line(rest);
                    break;
            }
        }

        return report;
    }

    // Each ended by a zero, and none empty.
    private string[] ReadStrings(string name)
    {
        try
        {
            return LosslessUtf8.GetString(File.ReadAllBytes(Path.Combine(path, name))).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone already.
        }
    }
}
