// The header of an encrypted device: cryptsetup's LUKS2 on-disk format. LUKS1 has no costs of memory and no tokens.
using System.Buffers.Binary;
using System.Text.Json;

namespace Guestfs;

/// <summary>What a header says of the keys that open it.</summary>
internal sealed class LuksHeader
{
    private const int TextAt = 4096;

    // Real ones have some kilobytes, the format allows four megabytes.
    private const int MaxText = 256 << 10;

    /// <summary>The memory in KiB that the least demanding key needs; 0 if that is not known.</summary>
    internal long LeastMemory { get; private set; }

    /// <summary>The memory in KiB that the most demanding key needs; 0 if that is not known.</summary>
    internal long MostMemory { get; private set; }

    /// <summary>What else than a passphrase opens it, such as <c>clevis</c> or <c>systemd-tpm2</c>.</summary>
    internal List<string> Tokens { get; } = [];

    /// <summary>Reads a header, of which not everything need be understood.</summary>
    internal static LuksHeader Read(BlockReader device)
    {
        LuksHeader header = new();
        ReadOnlySpan<byte> start = device.Read(0, TextAt);
        if (!start.Has(0, [.. "LUKS"u8, 0xba, 0xbe, 0, 2]) || start.Length < TextAt)
        {
            return header;
        }

        ulong size = BinaryPrimitives.ReadUInt64BigEndian(start[8..]);
        if (size <= TextAt)
        {
            return header;
        }

        ReadOnlySpan<byte> text = device.Read(TextAt, (int)Math.Min(size - TextAt, MaxText));
        int end = text.IndexOf((byte)0);
        try
        {
            using JsonDocument document = JsonDocument.Parse((end < 0 ? text : text[..end]).ToArray());
            header.ReadKeys(document.RootElement);
            header.ReadTokens(document.RootElement);
        }
        catch (JsonException)
        {
            // cryptsetup says what is wrong with it.
        }

        return header;
    }

    private void ReadKeys(JsonElement root)
    {
        long least = long.MaxValue;
        foreach (JsonElement key in Members(root, "keyslots"))
        {
            // One that is no number in range is none that can be relied on.
            long memory = Member(key, "kdf") is { } kdf && Member(kdf, "memory") is { ValueKind: JsonValueKind.Number } number
                && number.TryGetUInt32(out uint kib) ? kib : 0;
            least = Math.Min(least, memory);
            MostMemory = Math.Max(MostMemory, memory);
        }

        LeastMemory = least == long.MaxValue ? 0 : least;
    }

    private void ReadTokens(JsonElement root)
    {
        const string OfCryptsetup = "luks2-keyring";
        const int Most = 32;
        foreach (JsonElement token in Members(root, "tokens"))
        {
            if (Member(token, "type") is { ValueKind: JsonValueKind.String } type && Text(type) is { } name && name != OfCryptsetup
                && Tokens.Count < Most && !Tokens.Contains(name))
            {
                Tokens.Add(name);
            }
        }
    }

    private static List<JsonElement> Members(JsonElement parent, string name)
    {
        List<JsonElement> members = [];
        if (Member(parent, name) is { ValueKind: JsonValueKind.Object } list)
        {
            foreach (JsonProperty member in list.EnumerateObject())
            {
                members.Add(member.Value);
            }
        }

        return members;
    }

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // No valid text behind its escapes.
            return null;
        }
    }
}
