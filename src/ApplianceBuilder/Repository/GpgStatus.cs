// What gpgv's status lines mean. Its exit status would not do: it fails when one of several signers is unknown.
namespace Guestfs.Appliances;

/// <summary>Reads the machine-readable status of gpgv.</summary>
internal static class GpgStatus
{
    private const string Prefix = "[GNUPG:] ";

    /// <summary>Fingerprints of the keys with good signatures; none when any signature is bad or made by an expired or revoked key alone.</summary>
    internal static IReadOnlyList<string> GoodKeys(string status)
    {
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
                keys.Add(key);
                keys.Add(words[^1]);
            }
        }

        return [.. keys.Distinct(StringComparer.Ordinal)];
    }
}
