using System.Buffers.Text;

namespace Guestfs.Interop;

/// <summary>The "length key=value" records of a pax extended header.</summary>
internal static class PaxRecords
{
    /// <summary>Adds all records, keys as text and values as bytes; a later one replaces an earlier one of its key.</summary>
    /// <returns>Whether the bytes are well-formed.</returns>
    internal static bool TryAdd(ReadOnlySpan<byte> bytes, Dictionary<string, byte[]> records)
    {
        while (!bytes.IsEmpty)
        {
            if (!Utf8Parser.TryParse(bytes, out int length, out int digits) || length <= digits + 1 || length > bytes.Length
                || bytes[digits] != (byte)' ' || bytes[length - 1] != (byte)'\n')
            {
                return false;
            }

            ReadOnlySpan<byte> record = bytes[(digits + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                return false;
            }

            records[LosslessUtf8.GetString(record[..equals])] = record[(equals + 1)..].ToArray();
            bytes = bytes[length..];
        }

        return true;
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
