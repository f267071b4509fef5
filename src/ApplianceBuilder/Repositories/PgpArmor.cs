namespace Guestfs.Appliances.Repositories;

/// <summary>ASCII armour around OpenPGP keys, which gpgv does not read.</summary>
internal static class PgpArmor
{
    private const string Begin = "-----BEGIN PGP PUBLIC KEY BLOCK-----", End = "-----END PGP PUBLIC KEY BLOCK-----";

    /// <summary>The keys as packets: of all armoured blocks of a text, or the bytes themselves where they are not armoured.</summary>
    /// <exception cref="ApplianceException">The armour is damaged.</exception>
    internal static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> keys, string source)
    {
        string text = LosslessUtf8.GetString(keys.Span);
        if (!text.Contains(Begin, StringComparison.Ordinal))
        {
            return keys;
        }

        List<byte> packets = [];
        bool inBlock = false, inBody = false;
        List<string> body = [];
        foreach (string line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line == Begin)
            {
                (inBlock, inBody) = (true, false);
                body.Clear();
            }
            else if (line == End && inBlock)
            {
                packets.AddRange(Bytes(string.Concat(body), source));
                inBlock = false;
            }
            else if (inBlock && !inBody)
            {
                // Headers such as Comment: end with an empty line, which deb822 files write as a dot.
                inBody = line is "" or ".";
            }
            else if (inBody && !line.StartsWith('='))
            {
                body.Add(line);
            }
        }

        return inBlock ? throw Damaged(source) : packets.ToArray();
    }

    private static byte[] Bytes(string base64, string source)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int count) && count > 0 ? bytes[..count] : throw Damaged(source);
    }

    private static ApplianceException Damaged(string source) =>
        new(ApplianceProblem.InvalidInput, $"The armoured key in {source} is damaged. Export it again.");
}
