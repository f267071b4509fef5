namespace Guestfs.Appliances.Repositories;

/// <summary>What gpgv's status lines mean. Its exit status would not do: it fails when one of several signers is unknown.</summary>
internal static class GpgStatus
{
    private const string Prefix = "[GNUPG:] ";

    // RFC 9580, 9.5, and the place in VALIDSIG (gnupg's doc/DETAILS). gpgv itself refuses MD5 only; these are what apt trusts.
    private const int DigestField = 8;
    private static readonly string[] SafeDigests = ["8", "9", "10", "11"];

    /// <summary>Fingerprints of the keys with good signatures; none when any signature is bad or made by an expired or revoked key
    /// alone.</summary>
    /// <param name="status">What gpgv printed.</param>
    /// <param name="weak">Whether a signature was good but for its digest algorithm (SHA-1,
    /// RIPEMD-160), with which it can be forged.</param>
    internal static IReadOnlyList<string> GoodKeys(string status, out bool weak)
    {
        weak = false;
        string[][] lines = [.. status.Split('\n')
            .Where(line => line.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(line => line[Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)];
        if (lines.Any(words => words[0] is "BADSIG" or "NODATA" or "UNEXPECTED"))
        {
            return [];
        }

        // VALIDSIG comes after EXPKEYSIG and REVKEYSIG too; it counts only after GOODSIG of the same signature.
        List<string> keys = [];
        string? verdict = null;
        foreach (string[] words in lines)
        {
            if (words[0] is "NEWSIG" or "GOODSIG" or "EXPSIG" or "EXPKEYSIG" or "REVKEYSIG" or "ERRSIG")
            {
                verdict = words[0];
            }
            else if (words is ["VALIDSIG", string key, ..] && verdict == "GOODSIG")
            {
                if (words.Length <= DigestField || !SafeDigests.Contains(words[DigestField]))
                {
                    weak = true;
                    continue;
                }

                keys.Add(key);
                keys.Add(words[^1]);
            }
        }

        return [.. keys.Distinct(StringComparer.Ordinal)];
    }
}
