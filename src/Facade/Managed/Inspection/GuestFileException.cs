using System.Globalization;

namespace Guestfs;

/// <summary>A file of a guest that cannot be read or understood, as a whole or in one line. One of the
/// <see cref="GuestOperatingSystem.Problems"/>, never thrown: the rest of the file, and of the guest, is told nevertheless.</summary>
public sealed class GuestFileException : GuestfsException
{
    internal GuestFileException(string path, int? line, string what, GuestfsException? cause = null)
        : base(
            "inspect",
            cause?.Errno ?? 0,
            $"{path}{(line is { } number ? string.Create(CultureInfo.InvariantCulture, $", line {number}") : "")}: {what}",
            cause)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The file, as a path in the guest.</summary>
    public string Path { get; }

    /// <summary>The number of the line, the first being 1; null if it is about the whole file.</summary>
    public int? Line { get; }
}
