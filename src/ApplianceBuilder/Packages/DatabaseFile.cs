using Guestfs.Appliances.Host;

namespace Guestfs.Appliances.Packages;

/// <summary>Reads the small files of package databases, whatever bytes are in their names and in themselves.</summary>
internal static class DatabaseFile
{
    private const int MaxSize = 256 << 20;

    /// <summary>Whether there is a file with something in it.</summary>
    internal static bool HasContent(string path) => Posix.Status(path) is { Size: > 0 };

    /// <summary>Opens a file as a stream.</summary>
    /// <exception cref="ApplianceException">It cannot be opened.</exception>
    internal static FileStream Open(string path) => new(Posix.OpenRead(path), FileAccess.Read, bufferSize: 0);

    /// <summary>Reads a whole file; null if there is none.</summary>
    /// <exception cref="ApplianceException">It cannot be read, or is too large to be what it should be.</exception>
    internal static byte[]? TryRead(string path)
    {
        if (Posix.Status(path) is null)
        {
            return null;
        }

        try
        {
            using FileStream file = Open(path);
            if (file.Length > MaxSize)
            {
                throw Damaged(path, "it is too large");
            }

            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException e)
        {
            throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the lines of a file; none if there is no file.</summary>
    /// <exception cref="ApplianceException">It cannot be read.</exception>
    internal static List<string> ReadLines(string path)
    {
        List<string> lines = [];
        ReadOnlySpan<byte> rest = TryRead(path);
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            lines.Add(LosslessUtf8.GetString(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return lines;
    }

    /// <summary>The error for a database file that is not what it should be.</summary>
    internal static ApplianceException Damaged(string path, string what) =>
        new(ApplianceProblem.InvalidInput,
            $"The package database file {path} is damaged: {what}. Let the package manager repair its database, then try again.");
}
