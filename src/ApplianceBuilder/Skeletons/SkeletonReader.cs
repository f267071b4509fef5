using Guestfs.Appliances.Archives;

namespace Guestfs.Appliances.Skeletons;

/// <summary>Reads the files and directories that make up a skeleton.</summary>
internal sealed class SkeletonReader
{
    private const int TarMagicOffset = 257;
    private const long MaxListSize = 16L << 20;
    private const string Archive = "archive", Empty = "empty file", HostFiles = "host files", ExcludedFiles = "excluded files",
        PackageNames = "packages";

    private readonly List<SkeletonFile> files = [];
    private readonly List<SkeletonLine> packages = [];
    private readonly List<SkeletonLine> hostFiles = [];
    private readonly List<SkeletonLine> excludes = [];
    private readonly List<SkeletonFile> baseArchives = [];

    /// <summary>Reads a skeleton from the host.</summary>
    /// <param name="inputs">Files, and directories whose files are taken in the order of their names.</param>
    /// <param name="log">Takes a line for each file.</param>
    /// <exception cref="ApplianceException">There is nothing, or a file is none of the kinds.</exception>
    internal static Skeleton Read(IEnumerable<string> inputs, Action<string>? log) =>
        Read(inputs.SelectMany(FilesOf).Select(path => new SkeletonFile(path, () => File.OpenRead(path))), log);

    /// <summary>Reads a skeleton from files of whatever place.</summary>
    internal static Skeleton Read(IEnumerable<SkeletonFile> inputs, Action<string>? log)
    {
        SkeletonReader reader = new();
        foreach (SkeletonFile input in inputs)
        {
            reader.Add(input, log);
        }

        return new Skeleton
        {
            Files = reader.files,
            Packages = reader.packages,
            HostFiles = reader.hostFiles,
            Excludes = reader.excludes,
            BaseArchives = reader.baseArchives,
        };
    }

    private static IEnumerable<string> FilesOf(string input) =>
        Directory.Exists(input)
            ? Directory.EnumerateFileSystemEntries(input).Where(path => !Directory.Exists(path)).Order(StringComparer.Ordinal)
        : File.Exists(input) ? [input]
        : throw new ApplianceException(
            ApplianceProblem.InvalidInput,
            $"{input}: there is no such skeleton file or directory. Distributions install one with libguestfs, in a folder supermin.d.");

    private void Add(SkeletonFile input, Action<string>? log)
    {
        string kind;
        try
        {
            using Stream file = input.Open();
            using Stream content = Compression.Unpack(file, input.Name, long.MaxValue);
            byte[] start = new byte[512];
            int read = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            kind = Classify(input.Name, start.AsSpan(0, read));
            if (kind == Archive)
            {
                baseArchives.Add(input);
            }
            else if (kind != Empty)
            {
                AddLines(kind, input.Name, ReadAll(input.Name, start.AsSpan(0, read), content));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(
                ApplianceProblem.UnreadableFile, $"The skeleton file {input.Name} cannot be read: {exception.Message}", exception);
        }

        files.Add(input);
        log?.Invoke($"skeleton: {input.Name}: {kind}");
    }

    private static string Classify(string path, ReadOnlySpan<byte> start)
    {
        if (start.Length > TarMagicOffset && start[TarMagicOffset..].StartsWith("ustar"u8))
        {
            return Archive;
        }

        return start.IsEmpty ? Empty
            : start[0] == '/' ? HostFiles
            : start[0] == '-' ? ExcludedFiles
            : char.IsAsciiLetterOrDigit((char)start[0]) ? PackageNames
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"The skeleton file {path} is not of a known kind: "
                + "a tar archive, or a list of packages, of host files (/...) or of excluded files (-/...).");
    }

    private static string ReadAll(string path, ReadOnlySpan<byte> start, Stream rest)
    {
        using MemoryStream all = new();
        all.Write(start);
        byte[] buffer = new byte[65536];
        for (int count; (count = rest.Read(buffer)) > 0;)
        {
            all.Write(buffer, 0, count);
            if (all.Length > MaxListSize)
            {
                throw new ApplianceException(ApplianceProblem.InvalidInput, $"The skeleton file {path} is too large for a list.");
            }
        }

        return LosslessUtf8.GetString(all.GetBuffer().AsSpan(0, (int)all.Length));
    }

    private void AddLines(string kind, string path, string text)
    {
        string origin = Path.GetFileName(path);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            switch (kind)
            {
                case PackageNames:
                    packages.Add(new SkeletonLine(line, origin));
                    break;
                case HostFiles:
                    hostFiles.Add(new SkeletonLine(Expect(path, line, '/'), origin));
                    break;
                default:
                    excludes.Add(new SkeletonLine(Expect(path, line, '-')[1..], origin));
                    break;
            }
        }
    }

    private static string Expect(string path, string line, char first) =>
        line[0] == first
            ? line
            : throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"The skeleton file {path} mixes kinds of lines: '{line}' does not begin with '{first}'.");
}
