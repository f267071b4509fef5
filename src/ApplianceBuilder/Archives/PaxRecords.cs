using System.Buffers.Text;

namespace Guestfs.Appliances.Archives;

/// <summary>The "length key=value" records of a pax extended header.</summary>
internal static class PaxRecords
{
    /// <summary>All records in order, keys as text and values as bytes; null when the bytes are not well-formed.</summary>
    internal static IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>>? Decode(ReadOnlyMemory<byte> bytes)
    {
        List<KeyValuePair<string, ReadOnlyMemory<byte>>> records = [];
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> span = bytes.Span;
            if (!Utf8Parser.TryParse(span, out int length, out int digits) || length <= digits + 1 || length > span.Length
                || span[digits] != (byte)' ' || span[length - 1] != (byte)'\n')
            {
                return null;
            }

            ReadOnlyMemory<byte> record = bytes[(digits + 1)..(length - 1)];
            int equals = record.Span.IndexOf((byte)'=');
            if (equals <= 0)
            {
                return null;
            }

            records.Add(new(LosslessUtf8.GetString(record.Span[..equals]), record[(equals + 1)..]));
            bytes = bytes[length..];
        }

        return records;
    }

    /// <summary>A decimal number, whose fraction (of a time) is dropped downwards; null when it is none.</summary>
    internal static long? Number(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out long number, out int used))
        {
            return null;
        }

        ReadOnlySpan<byte> fraction = value[used..];
        if (fraction.IsEmpty)
        {
            return number;
        }

        if (fraction[0] != (byte)'.' || fraction[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        return value[0] == (byte)'-' && fraction[1..].ContainsAnyExcept((byte)'0') ? number - 1 : number;
    }
}
