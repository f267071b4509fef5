// The signed text at the top of a suite: when it was made, how long it holds, and the digests of its indexes.
using System.Globalization;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Debian;

namespace Guestfs.Appliances.Repositories;

/// <summary>A suite's Release file. Only made of text whose signature was checked.</summary>
internal sealed class ReleaseFile
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);

    private readonly Dictionary<string, IndexFile> files = new(StringComparer.Ordinal);
    private readonly Stanza fields;
    private readonly string source;

    /// <summary>Parses the signed text.</summary>
    /// <exception cref="ApplianceException">It is not well-formed.</exception>
    internal ReleaseFile(ReadOnlyMemory<byte> signedText, string source)
    {
        this.source = source;
        using MemoryStream stream = new(signedText.ToArray());
        fields = StanzaReader.Read(stream, source).FirstOrDefault() ?? throw ArchiveFault.In(source, "it is empty.");
        foreach (string line in fields.Require("SHA256", source).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [string hex, string length, string path]
                || Digest.TryParse(hex) is not { } digest
                || !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            {
                throw ArchiveFault.In(source, $"'{line}' is not a digest, a size and a name.");
            }

            files[path] = new IndexFile(path, size, digest);
        }
    }

    /// <summary>When it was made; the beginning of time if it does not say.</summary>
    internal DateTimeOffset Date => Time("Date") ?? DateTimeOffset.MinValue;

    /// <summary>Whether indexes may be fetched by their digests, which never change under a reader.</summary>
    internal bool ByHash => fields.Says("Acquire-By-Hash");

    /// <summary>How its packages rank: 500 usually, less for a suite that is to be used only when asked for.</summary>
    internal int Pin => !fields.Says("NotAutomatic") ? 500 : fields.Says("ButAutomaticUpgrades") ? 100 : 1;

    /// <summary>Whether packages for all architectures are in an index of their own only.</summary>
    internal bool HasOwnIndexForAll => fields["No-Support-for-Architecture-all"] is null && fields.Words("Architectures").Contains("all");

    /// <summary>The best packed form of an index, or null when the suite has none.</summary>
    internal IndexFile? Find(string path) =>
        files.GetValueOrDefault(path + ".xz") ?? files.GetValueOrDefault(path + ".gz") ?? files.GetValueOrDefault(path + ".zst")
        ?? files.GetValueOrDefault(path);

    /// <summary>Checks that the file is meant for that repository, and holds now.</summary>
    /// <exception cref="ApplianceException">It is another suite's, from the future, or has expired.</exception>
    internal void Check(DebianRepository repository, DateTimeOffset now)
    {
        string suite = repository.Suite.TrimEnd('/');
        string?[] names = [fields["Suite"], fields["Codename"]];
        if (!repository.IsFlat && names.Any(name => name is not null) && !names.Contains(suite))
        {
            throw Refused($"it belongs to another suite ({string.Join(", ", names.Where(name => name is not null))}). "
                + "Check the source, or use another mirror.");
        }

        if (Date > now + ClockSkew)
        {
            throw Refused($"it was made in the future ({fields["Date"]}). Set the clock.");
        }

        if (repository.CheckValidUntil && Time("Valid-Until") is { } end && end < now)
        {
            throw Refused(
                $"it expired ({fields["Valid-Until"]}). The mirror is out of date, or the clock is wrong; for an archive of the past, "
                + "allow expired indexes (AllowExpired, --allow-expired), or set 'Check-Valid-Until: no' in apt's source.");
        }
    }

    /// <summary>The error for a file that is older than one that was taken from the same place.</summary>
    internal ApplianceException OlderThan(DateTimeOffset newest) => Refused(
        $"it is dated {Show(Date)}, but a newer one, of {Show(newest)}, was used before. The mirror lags behind (try again later, or use "
        + "another), or somebody serves an old state on purpose. If you want the old state, allow it (AllowExpired, --allow-expired).");

    private static string Show(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private DateTimeOffset? Time(string field)
    {
        string? text = fields[field]?.Replace("UTC", "+0000", StringComparison.Ordinal).Replace(
            "GMT", "+0000", StringComparison.Ordinal).Replace("+0000", "+00:00", StringComparison.Ordinal);
        return text is null
            ? null
            : DateTimeOffset.TryParseExact(
                text, "ddd, d MMM yyyy H:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset time)
                ? time
                : throw ArchiveFault.In(source, $"its {field} is not a time: {fields[field]}.");
    }

    private ApplianceException Refused(string why) => new(ApplianceProblem.NotAuthentic, $"{source} cannot be used: {why}");
}

/// <summary>A file that a Release file vouches for.</summary>
/// <param name="Path">Its path, relative to the Release file.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest.</param>
internal sealed record IndexFile(string Path, long Size, Digest Sha256);
