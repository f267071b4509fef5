// The fields of one stanza, deb822(5), in place.
using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Debian;

/// <summary>Goes through the fields of a stanza.</summary>
internal ref struct DpkgFields(ReadOnlySpan<byte> stanza, string path)
{
    private ReadOnlySpan<byte> rest = stanza;

    /// <summary>The name of the field, in whatever case.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value without white space around it; further lines begin with white space.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next field.</summary>
    /// <exception cref="ApplianceException">There is no field in the line.</exception>
    internal bool MoveNext()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        int length = 0;
        do
        {
            int line = rest[length..].IndexOf((byte)'\n');
            length = line < 0 ? rest.Length : length + line + 1;
        }
        while (length < rest.Length && rest[length] is (byte)' ' or (byte)'\t');

        ReadOnlySpan<byte> field = rest[..length];
        int colon = field.IndexOf((byte)':');
        if (colon <= 0 || field[0] is (byte)' ' or (byte)'\t' || field[..colon].Contains((byte)'\n'))
        {
            throw DatabaseFile.Damaged(path, $"'{LosslessUtf8.GetString(field[..Math.Min(field.Length, 60)]).Trim()}' is no field");
        }

        Name = field[..colon];
        Value = field[(colon + 1)..].Trim(" \t\n"u8);
        rest = rest[length..];
        return true;
    }
}
