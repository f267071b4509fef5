// Takes what libguestfs returned: converts it and frees it. One method for each way a result is owned.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>Conversions of results. 'Take' frees its argument, whatever happens; 'Read' leaves it alone.</summary>
internal static unsafe class NativeResult
{
    /// <summary>A string that someone else owns.</summary>
    internal static string ReadString(byte* text) =>
        LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>A string the caller owns.</summary>
    internal static string TakeString(byte* text)
    {
        try
        {
            return ReadString(text);
        }
        finally
        {
            NativeMemory.Free(text);
        }
    }

    /// <summary>Bytes the caller owns.</summary>
    internal static byte[] TakeBuffer(byte* bytes, nuint size)
    {
        try
        {
            GuestfsMetrics.CountRead((long)size);
            return new ReadOnlySpan<byte>(bytes, checked((int)size)).ToArray();
        }
        finally
        {
            NativeMemory.Free(bytes);
        }
    }

    /// <summary>A NULL-terminated array, with its strings, that the caller owns.</summary>
    internal static string[] TakeStringList(byte** list)
    {
        try
        {
            string[] strings = new string[Count(list)];
            for (int i = 0; i < strings.Length; i++)
            {
                strings[i] = ReadString(list[i]);
            }

            return strings;
        }
        finally
        {
            FreeStringList(list);
        }
    }

    /// <summary>A NULL-terminated array of keys and values, with its strings, that the caller owns.</summary>
    internal static Dictionary<string, string> TakeHashtable(byte** list)
    {
        try
        {
            int pairs = Count(list) / 2;
            Dictionary<string, string> table = new(pairs, StringComparer.Ordinal);
            for (int i = 0; i < pairs; i++)
            {
                table[ReadString(list[2 * i])] = ReadString(list[(2 * i) + 1]);
            }

            return table;
        }
        finally
        {
            FreeStringList(list);
        }
    }

    /// <summary>A string field of a structure. libguestfs always fills them, but NULL must not crash.</summary>
    internal static string ReadField(byte* text) => text == null ? "" : ReadString(text);

    /// <summary>A counted bytes field of a structure.</summary>
    internal static byte[] ReadField(byte* bytes, uint size) => new ReadOnlySpan<byte>(bytes, checked((int)size)).ToArray();

    /// <summary>A char[32] field, which has no terminator unless it is shorter.</summary>
    internal static string ReadUuid(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return LosslessUtf8.GetString(end < 0 ? field : field[..end]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Count(byte** list)
    {
        int count = 0;
        while (list[count] != null)
        {
            count++;
        }

        return count;
    }

    private static void FreeStringList(byte** list)
    {
        for (byte** item = list; *item != null; item++)
        {
            NativeMemory.Free(*item);
        }

        NativeMemory.Free(list);
    }
}
