// What is different in two texts, line by line, as diff(1) of this host tells it, which virt-diff asks as well.
using Guestfs.Appliances;
using Guestfs.Cli.Guests;
using Guestfs.Interop;

namespace Guestfs.Cli.Comparing;

/// <summary>Compares the lines of two guests' files.</summary>
internal sealed class TextDifference(GuestSession old, GuestSession later, ProgressBar bar, CancellationToken cancellationToken)
    : IDisposable
{
    private const long MaxSize = 64 << 20;
    private const int Beginning = 32 << 10, Same = 0, Different = 1, Names = 2;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");

    /// <summary>The lines in the unified form, without the names; null where it is not the contents of two texts that are
    /// different.</summary>
    internal IReadOnlyList<string>? Lines(Difference difference)
    {
        if (difference is not { Old: { Type: '-' } first, Later: { Type: '-' } second }
            || !difference.What.Any(what => what is "size" or "contents")
            || IsBinary(old.Guestfs, first) || IsBinary(later.Guestfs, second))
        {
            return null;
        }

        if (Math.Max(first.Status.Size, second.Status.Size) > MaxSize)
        {
            Messages.Warn($"{first.Path} is too large to show its lines.");
            return null;
        }

        HostTool.Find("diff");
        using MemoryStream lines = new();
        List<string> said = [];
        int code = new CommandRunner(ProcessInput.Variable("PATH")).Run(
            ["diff", "-u", "--", Copy(old.Guestfs, first, "old"), Copy(later.Guestfs, second, "new")],
            directory: null, piece => piece.CopyTo(lines), said.Add, cancellationToken);
        if (code is not (Same or Different))
        {
            throw new IOException($"diff ended with {code}: {string.Join(' ', said)}");
        }

        // Of what is binary further on it says one sentence.
        string[] found = LosslessUtf8.GetString(lines.ToArray()).TrimEnd('\n').Split('\n');
        return found.Length > Names ? found[Names..] : null;
    }

    public void Dispose() => directory.Delete(recursive: true);

    private static bool IsBinary(GuestfsHandle g, GuestEntry file)
    {
        using GuestfsBuffer bytes = g.PreadBuffer(file.Path, Beginning, 0);
        return bytes.GetSpan().Contains((byte)0);
    }

    private string Copy(GuestfsHandle g, GuestEntry file, string name)
    {
        string copy = Path.Combine(directory.FullName, name);
        using FileStream stream = File.Create(copy);
        GuestContents.Read(g, file.Path, 0, stream.Write, bar, cancellationToken);
        return copy;
    }
}
