// Names of keys as Windows shows them, and the file of the guest that each is in. Of HKEY_LOCAL_MACHINE and HKEY_USERS the keys below are
// files; the other roots Windows makes of these while it runs.
using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Registry;

/// <summary>A key by its full name.</summary>
/// <param name="Root">The root key, by its long name.</param>
/// <param name="Hive">The key below it, which is a file: of HKEY_USERS a user's.</param>
/// <param name="Path">The keys below that.</param>
internal sealed record RegistryKey(string Root, string Hive, IReadOnlyList<string> Path)
{
    private const string Machine = "HKEY_LOCAL_MACHINE", Users = "HKEY_USERS";

    private static readonly string[] MachineHives = ["SAM", "SECURITY", "SOFTWARE", "SYSTEM"];

    // What virt-win-reg calls the accounts of services.
    private static readonly Dictionary<string, string> Accounts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LocalSystem"] = "S-1-5-18", ["LocalService"] = "S-1-5-19", ["NetworkService"] = "S-1-5-20",
    };

    /// <summary>Its full name.</summary>
    internal string Name => string.Join('\\', [Root, Hive, .. Path]);

    /// <summary>What is the same for two keys of one file.</summary>
    internal string File => $"{Root}\\{Hive}".ToUpperInvariant();

    /// <summary>A key below.</summary>
    internal RegistryKey Below(string name) => this with { Path = [.. Path, name] };

    /// <summary>Reads a name.</summary>
    /// <exception cref="UsageException">It is none of a key that is in a file.</exception>
    internal static RegistryKey Parse(string name)
    {
        string[] parts = name.Trim('\\').Split('\\');
        string root = parts[0].ToUpperInvariant() switch
        {
            "HKLM" or Machine => Machine,
            "HKU" or Users => Users,
            "HKCR" or "HKEY_CLASSES_ROOT" => throw Elsewhere(@"HKLM\SOFTWARE\Classes, and that of a user"),
            "HKCU" or "HKEY_CURRENT_USER" => throw Elsewhere(@"HKU\NAME, with the name of a user"),
            "HKCC" or "HKEY_CURRENT_CONFIG" => throw Elsewhere(@"HKLM\SYSTEM\CurrentControlSet\Hardware Profiles\0001"),
            _ => throw new UsageException($@"'{name}' is not the name of a key: those begin with HKLM\ or HKU\."),
        };
        if (parts.Length == 1 || parts.Any(part => part.Length == 0))
        {
            throw new UsageException(parts.Length > 1
                ? $"'{name}' has a key without a name in it."
                : $@"'{name}' is in several files: name one of them, as in {(root == Machine ? @"HKLM\SOFTWARE" : @"HKU\.DEFAULT")}.");
        }

        if (root == Machine && !MachineHives.Contains(parts[1], StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($@"'{name}' is in no file: of HKLM there are {string.Join(", ", MachineHives)}.");
        }

        return new(root, parts[1], parts[2..]);

        UsageException Elsewhere(string place) =>
            new($"'{name}' is in no file: Windows makes it while it runs, of {place}.");
    }

    /// <summary>The file that has it.</summary>
    /// <param name="session">The mounted guest.</param>
    internal string Locate(GuestSession session)
    {
        GuestfsHandle g = session.Guestfs;
        string system = session.System?.Windows?.SystemRoot ?? throw new UsageException(
            "There is no Windows on these disks, or options say what is mounted: a registry needs its Windows.");
        string file = Root == Machine ? $"{system}/System32/config/{Hive}"
            : Hive.Equals(".DEFAULT", StringComparison.OrdinalIgnoreCase) ? $"{system}/System32/config/DEFAULT"
            : Profile(session, system) + "/NTUSER.DAT";
        return GuestAnswer.OrNull(g, () => g.CaseSensitivePath(file)) is { } path && g.IsFile(path)
            ? path
            : throw new UsageException($"{Root}\\{Hive} is not there: this Windows has no file {file}.");
    }

    private string Profile(GuestSession session, string system)
    {
        GuestfsHandle g = session.Guestfs;
        string account = Accounts.GetValueOrDefault(Hive, Hive);
        if (!account.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase))
        {
            return ((string[])["/Users", "/Documents and Settings"])
                .Select(directory => $"{directory}/{Hive}")
                .FirstOrDefault(directory => GuestAnswer.OrNull(g, () => g.CaseSensitivePath(directory)) is { } path && g.IsDir(path))
                ?? throw new UsageException($"{Root}\\{Hive} is not there: this Windows has no user of the name.");
        }

        RegistryKey profile = Parse($@"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\{account}");
        using GuestHive hive = GuestHive.Open(g, profile.Locate(session), writes: false);
        string image = hive.Find(profile) is { } node && hive.Value(node, "ProfileImagePath") is { } value
            ? value.Text
            : throw new UsageException($"{Root}\\{Hive} is not there: this Windows has no profile of that account.");
        string directory = image
            .Replace("%SystemRoot%", system, StringComparison.OrdinalIgnoreCase)
            .Replace("%SystemDrive%", "", StringComparison.OrdinalIgnoreCase)
            .Replace('\\', '/');
        return directory is [_, ':', .. var path] ? path : directory;
    }
}
