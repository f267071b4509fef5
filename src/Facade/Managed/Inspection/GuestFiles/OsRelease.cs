// os-release(5) of a guest, of which libguestfs tells parts only.
namespace Guestfs;

/// <summary>Reads the name that a system has for itself.</summary>
internal static class OsRelease
{
    // Real ones have some hundred bytes.
    private const int MaxSize = 64 << 10;

    private static readonly string[] Files = ["/etc/os-release", "/usr/lib/os-release"];

    /// <summary>The pretty name; null where there is none.</summary>
    /// <param name="g">A handle with nothing mounted.</param>
    /// <param name="root">The filesystem of the system's root.</param>
    /// <exception cref="GuestfsException">It cannot be read.</exception>
    internal static string? PrettyName(GuestfsHandle g, string root)
    {
        g.MountRo(root, "/");
        try
        {
            string? file = Files.FirstOrDefault(f => g.IsFile(f, new IsFileOptions { FollowSymlinks = true }));
            return file is null ? null : Value(LosslessUtf8.GetString(g.Pread(file, MaxSize, 0)));
        }
        finally
        {
            if (g.State == GuestfsState.Ready)
            {
                g.UmountAll();
            }
        }
    }

    /// <summary>The value of PRETTY_NAME, in quotes or without, as a shell reads it.</summary>
    internal static string? Value(string text)
    {
        const string Key = "PRETTY_NAME=";
        string? value = text.Split('\n').LastOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))?[Key.Length..].Trim();
        return value is null || ShellText.Unquote(value) is not { Length: > 0 } name ? null : name;
    }
}
