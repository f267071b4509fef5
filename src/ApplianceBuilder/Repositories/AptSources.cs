// The package sources that a Debian or Ubuntu system is configured with: sources.list(5) in both of its forms.
using Guestfs.Appliances.Debian;

namespace Guestfs.Appliances.Repositories;

/// <summary>A system's package sources.</summary>
internal sealed class AptSources
{
    private const string NeededByApt = "which apt's sources need";
    private readonly string root;
    private readonly string architecture;
    private readonly List<DebianRepository> repositories = [];
    private readonly List<string> skipped = [];
    private SignedBy? trusted;

    private AptSources(string root, string architecture) => (this.root, this.architecture) = (root, architecture);

    /// <summary>The sources, in the order in which apt reads them.</summary>
    internal IReadOnlyList<DebianRepository> Repositories => repositories;

    /// <summary>Sources that were passed over, with the reason.</summary>
    internal IReadOnlyList<string> Skipped => skipped;

    /// <summary>Reads <c>etc/apt/sources.list</c> and <c>sources.list.d</c>. Preferences (pinning) are not read.</summary>
    /// <param name="root">The system's root, usually <c>/</c>.</param>
    /// <param name="architecture">Debian's name of the architecture that packages are wanted for.</param>
    /// <exception cref="ApplianceException">A file is not well-formed, or a keyring cannot be read.</exception>
    internal static AptSources Read(string root, string architecture)
    {
        AptSources sources = new(root, architecture);
        string list = Path.Combine(root, "etc/apt/sources.list"), parts = list + ".d";
        string[] files = Directory.Exists(parts) ? [.. Directory.GetFiles(parts).Order(StringComparer.Ordinal)] : [];
        foreach (string file in files.Prepend(list).Where(File.Exists))
        {
            if (file.EndsWith(".sources", StringComparison.Ordinal))
            {
                sources.AddParagraphs(file);
            }
            else if (file == list || file.EndsWith(".list", StringComparison.Ordinal))
            {
                sources.AddLines(file);
            }
        }

        return sources;
    }

    /// <summary>The keys in some files, armoured or not.</summary>
    internal static SignedBy ReadKeyrings(IEnumerable<string> paths) =>
        new([.. paths.Select(path => ReadKeyring(path, "the keyring that was asked for (--keyring)"))], []);

    private void AddParagraphs(string file)
    {
        using FileStream stream = Open(file);
        foreach (Stanza stanza in StanzaReader.Read(stream, file))
        {
            if (!stanza.Words("Types").Contains("deb") || string.Equals(stanza["Enabled"], "no", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            foreach (string address in stanza.Words("URIs"))
            {
                foreach (string suite in stanza.Words("Suites"))
                {
                    Add(
                        file, address, suite, stanza.Words("Components"), stanza.Words("Architectures"), stanza["Signed-By"] ?? "",
                        stanza["Check-Valid-Until"]);
                }
            }
        }
    }

    private void AddLines(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            string text = line.Split('#')[0].Trim();
            if (!text.StartsWith("deb ", StringComparison.Ordinal) && !text.StartsWith("deb\t", StringComparison.Ordinal))
            {
                continue;
            }

            text = text[3..].Trim();
            Dictionary<string, string> options = new(StringComparer.OrdinalIgnoreCase);
            if (text.StartsWith('['))
            {
                int end = text.IndexOf(']', StringComparison.Ordinal);
                string inner = end > 0 ? text[1..end] : throw Malformed();
                foreach (string[] option in inner.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                    .Select(word => word.Split('=', 2)))
                {
                    options[option[0].TrimEnd('+')] = option.Length > 1 ? option[1] : "";
                }

                text = text[(end + 1)..];
            }

            if (text.Split(
                (char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [string address, string suite, .. string[] components])
            {
                throw Malformed();
            }

            Add(
                file, address, suite, components, options.GetValueOrDefault("arch", "").Split(',', StringSplitOptions.RemoveEmptyEntries),
                options.GetValueOrDefault("signed-by", "").Replace(',', ' '), options.GetValueOrDefault("check-valid-until"));
        }

        ApplianceException Malformed() =>
            new(ApplianceProblem.InvalidInput, $"Line {number} of {file} is not a package source. Correct it.");
    }

    private void Add(
        string file, string address, string suite, string[] components, string[] architectures, string signedBy, string? checkValidUntil)
    {
        suite = suite.Replace("$(ARCH)", architecture, StringComparison.Ordinal);
        address = address.Replace("$(ARCH)", architecture, StringComparison.Ordinal);

        // .NET does not know apt's short form of local addresses (file:/path).
        address = address.StartsWith("file:/", StringComparison.Ordinal) && !address.StartsWith("file://", StringComparison.Ordinal)
            ? "file://" + address[5..]
            : address;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https" or "file"))
        {
            skipped.Add($"{file}: {address} is neither an http nor an https nor a file address.");
        }
        else if (architectures.Length > 0 && !architectures.Contains(architecture))
        {
            skipped.Add($"{file}: {Downloader.Display(uri)} {suite} is not for {architecture}.");
        }
        else if (components.Length == 0 != suite.EndsWith('/'))
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{file}: the source {Downloader.Display(uri)} needs components, or a suite that ends with a slash. Correct it.");
        }
        else
        {
            repositories.Add(new DebianRepository(uri, suite, components, architecture, SignersOf(signedBy, file))
            {
                CheckValidUntil = !string.Equals(checkValidUntil, "no", StringComparison.OrdinalIgnoreCase),
            });
        }
    }

    private SignedBy SignersOf(string value, string file)
    {
        if (value.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return new SignedBy([PgpArmor.Decode(LosslessUtf8.GetBytes(value), file)], []);
        }

        string[] words = value.Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        ReadOnlyMemory<byte>[] keyrings =
        [
            .. words.Where(word => word.StartsWith('/')).Select(path => ReadKeyring(Path.Combine(root, path.TrimStart('/')))),
        ];
        string[] fingerprints = [.. words.Where(word => !word.StartsWith('/')).Select(word => word.TrimEnd('!').ToUpperInvariant())];
        return new SignedBy(keyrings.Length > 0 ? keyrings : Trusted().Keyrings, fingerprints);
    }

    // What apt trusts for sources that do not say whom they trust.
    private SignedBy Trusted()
    {
        string apt = Path.Combine(root, "etc/apt"), parts = Path.Combine(apt, "trusted.gpg.d");
        return trusted ??= new SignedBy(
            [.. (Directory.Exists(parts) ? Directory.GetFiles(parts) : [])
                .Where(file => file.EndsWith(".gpg", StringComparison.Ordinal) || file.EndsWith(".asc", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Prepend(Path.Combine(apt, "trusted.gpg"))
                .Where(file => new FileInfo(file) is { Exists: true, Length: > 0 })
                .Select(file => ReadKeyring(file))],
            []);
    }

    private static ReadOnlyMemory<byte> ReadKeyring(string path, string what = NeededByApt)
    {
        using FileStream stream = Open(path, what);
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return PgpArmor.Decode(bytes.ToArray(), path);
    }

    private static FileStream Open(string path, string what = NeededByApt)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ApplianceException(ApplianceProblem.UnreadableFile, $"{path}, {what}, cannot be read: {e.Message}", e);
        }
    }
}
