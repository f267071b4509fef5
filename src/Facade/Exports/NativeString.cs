using System.Runtime.InteropServices;

namespace Guestfs.Exports;

/// <summary>Strings between C and C#, only where C# must see them.
/// Bytes that are not UTF-8 survive (see <see cref="LosslessUtf8"/>).</summary>
internal static unsafe class NativeString
{
    private static readonly byte** EmptyListMemory = (byte**)NativeMemory.AllocZeroed((nuint)sizeof(byte*));

    /// <summary>A string without characters; static.</summary>
    internal static byte* Empty => (byte*)EmptyListMemory;

    /// <summary>A list without strings; static.</summary>
    internal static byte** EmptyList => EmptyListMemory;

    /// <summary>A string of C.</summary>
    internal static string Read(byte* text) => LosslessUtf8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <inheritdoc cref="Read(byte*)"/>
    internal static string? ReadOptional(byte* text) => text == null ? null : Read(text);

    /// <summary>A list of C, ended by NULL.</summary>
    internal static string[]? ReadList(byte** list)
    {
        if (list == null)
        {
            return null;
        }

        List<string> items = [];
        for (; *list != null; list++)
        {
            items.Add(Read(*list));
        }

        return [.. items];
    }

    /// <summary>A copy that the caller of the library frees with gfs_free.</summary>
    internal static byte* Copy(string text) => Copy(LosslessUtf8.GetBytes(text));

    /// <inheritdoc cref="Copy(string)"/>
    internal static byte* Copy(byte[] bytes)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        copy[bytes.Length] = 0;
        return copy;
    }

    /// <summary>Copies that the caller of the library frees with gfs_string_list_free.</summary>
    internal static byte** CopyList(string[] texts)
    {
        byte** list = (byte**)NativeMemory.Alloc((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < texts.Length; i++)
        {
            list[i] = Copy(texts[i]);
        }

        list[texts.Length] = null;
        return list;
    }
}
