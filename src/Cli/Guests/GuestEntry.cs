using System.Globalization;

namespace Guestfs.Cli.Guests;

/// <summary>A file of the guest, with what its filesystem says of it.</summary>
/// <param name="Shown">What it is called in what is shown.</param>
/// <param name="Directory">The path of its directory.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Status">Its status, of a link itself.</param>
/// <param name="Depth">How many directories below the one where the walk began: 0 for that one's entries.</param>
internal sealed record GuestEntry(string Shown, string Directory, string Name, StatNs Status, int Depth = 0)
{
    /// <summary>Its path.</summary>
    internal string Path => Name.Length == 0 ? Directory : Directory.EndsWith('/') ? Directory + Name : $"{Directory}/{Name}";

    /// <summary>Its type, with the letter that <c>ls -l</c> has for it.</summary>
    internal char Type => (Status.Mode & 0xf000) switch
    {
        0x4000 => 'd', 0x8000 => '-', 0xa000 => 'l', 0x6000 => 'b', 0x2000 => 'c', 0x1000 => 'p', 0xc000 => 's', _ => '?',
    };

    /// <summary>Its type in a word, as JSON has it.</summary>
    internal string TypeName => Type switch
    {
        'd' => "directory", 'l' => "link", 'b' => "blockDevice", 'c' => "characterDevice", 'p' => "fifo", 's' => "socket",
        '-' => "file", _ => "unknown",
    };

    /// <summary>Its permissions in four octal digits.</summary>
    internal string Mode => Convert.ToString((int)Status.Mode & 0xfff, 8).PadLeft(4, '0');

    /// <summary>Type and permissions as <c>ls -l</c> has them.</summary>
    internal string Permissions
    {
        get
        {
            int mode = (int)Status.Mode;
            Span<char> text = stackalloc char[10];
            text[0] = Type;
            for (int i = 0; i < 9; i++)
            {
                text[i + 1] = (mode & (1 << (8 - i))) != 0 ? "rwx"[i % 3] : '-';
            }

            Special(text, 3, (mode & 0x800) != 0, 's');
            Special(text, 6, (mode & 0x400) != 0, 's');
            Special(text, 9, (mode & 0x200) != 0, 't');
            return text.ToString();

            static void Special(Span<char> text, int at, bool isSet, char letter)
            {
                if (isSet)
                {
                    text[at] = text[at] == 'x' ? letter : char.ToUpperInvariant(letter);
                }
            }
        }
    }

    /// <summary>The numbers of a device, with a comma between them.</summary>
    internal string Device
    {
        get
        {
            long device = Status.Rdev;
            long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL), minor = (device & 0xff) | ((device >> 12) & ~0xffL);
            return string.Create(CultureInfo.InvariantCulture, $"{major},{minor}");
        }
    }

    /// <summary>What is at a path, as an entry.</summary>
    internal static GuestEntry At(GuestfsHandle g, string path)
    {
        string trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        int slash = trimmed.LastIndexOf('/');
        return new GuestEntry(path, trimmed[..Math.Max(slash, 1)], trimmed[(slash + 1)..], g.Lstatns(path));
    }

    /// <summary>A time of the status. What no calendar has is the earliest or the latest that one has.</summary>
    internal static DateTime Time(long seconds, long nanoseconds) => DateTime.UnixEpoch
        .AddSeconds(Math.Clamp(seconds, -62_135_596_800, 253_402_300_799))
        .AddTicks(Math.Clamp(nanoseconds, 0, 999_999_999) / 100);
}
