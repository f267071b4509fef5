using System.Globalization;
using System.Text;

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
    private const string Rules = "rules", Report = "report", Temporary = "tmp";

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
            byte[] text = LosslessUtf8.GetBytes(string.Concat(all.Select(rule => rule + '\0')));
            if (text.Length > MaxRules || PrivateDirectory.Ensure(path) is not null)
            {
                return null;
            }

            made = new LaunchDirectory(path, link);
            Directory.CreateDirectory(temporary);
            File.CreateSymbolicLink(link, launcher);
            File.WriteAllBytes(Path.Combine(path, Report), []);
            File.WriteAllBytes(Path.Combine(path, Rules), text);
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            made?.Dispose();
            return null;
        }
    }

    /// <summary>Why the launcher did not confine qemu; null if it did.</summary>
    internal string? ReadReport()
    {
        string text;
        try
        {
            text = File.ReadAllText(Path.Combine(path, Report), Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = "";
        }

        return text.StartsWith('c') ? null
            : text.StartsWith('a')
            ? $"the argument {PrintableText.Line(text[1..])} was added by {ApiName.Function(nameof(GuestfsHandle.Config))}, "
                + "and can name any file"
            : text.StartsWith('e')
            ? string.Create(CultureInfo.InvariantCulture, $"the kernel refused it with error {text[1..]}")
            : "qemu was not started";
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
