using System.Runtime.InteropServices;

namespace Guestfs.Exports;

/// <summary>
/// Memory for a structure that is given to C, and all it points to: blocks in a chain. The structure's own block is the
/// first, so that its address leads to the others.
/// </summary>
internal sealed unsafe class NativeArena : IDisposable
{
    private Block* first;
    private Block* last;

    // 16 bytes, so that what follows is aligned as malloc's memory is.
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Block
    {
        internal Block* Next;
    }

    /// <summary>Frees the report that a structure made by <see cref="Detach{T}"/> is the first part of.</summary>
    internal static void Free(void* structure)
    {
        if (structure != null)
        {
            FreeChain((Block*)structure - 1);
        }
    }

    /// <summary>Room for some structures, all zero.</summary>
    internal T* Array<T>(int count)
        where T : unmanaged
        => count == 0 ? null : (T*)Allocate((nuint)count * (nuint)sizeof(T));

    /// <summary>A string.</summary>
    internal byte* String(string text)
    {
        byte[] bytes = LosslessUtf8.GetBytes(text);
        byte* copy = (byte*)Allocate((nuint)bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    /// <summary>A string, or NULL.</summary>
    internal byte* OptionalString(string? text) => text is null ? null : String(text);

    /// <summary>A list of strings, ended by NULL.</summary>
    internal byte** StringList(IReadOnlyList<string> items)
    {
        byte** list = (byte**)Allocate((nuint)(items.Count + 1) * (nuint)sizeof(byte*));
        for (int i = 0; i < items.Count; i++)
        {
            list[i] = String(items[i]);
        }

        return list;
    }

    /// <summary>The structure that was allocated first; it and all else belong to the caller from now on.</summary>
    internal T* Detach<T>()
        where T : unmanaged
    {
        T* structure = (T*)(first + 1);
        first = last = null;
        return structure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FreeChain(first);
        first = last = null;
    }

    private static void FreeChain(Block* block)
    {
        while (block != null)
        {
            Block* next = block->Next;
            NativeMemory.Free(block);
            block = next;
        }
    }

    private void* Allocate(nuint size)
    {
        Block* block = (Block*)NativeMemory.AllocZeroed(checked((nuint)sizeof(Block) + size));
        if (first == null)
        {
            first = block;
        }
        else
        {
            last->Next = block;
        }

        last = block;
        return block + 1;
    }
}
