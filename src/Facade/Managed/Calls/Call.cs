using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// The scope of one native call. Arguments are encoded into the caller's stack buffer while they fit, and into native
/// memory after that; both are gone when the scope ends.
/// </summary>
internal unsafe ref struct Call
{
    /// <summary>How much stack a call with string arguments reserves.</summary>
    internal const int StackSize = 512;

    private readonly GuestfsHandle owner;
    private readonly bool isOwner;
    private byte* next;
    private byte* end;
    private Block* blocks;
    private bool secret;

    /// <summary>Begins a call without string arguments.</summary>
    /// <exception cref="ObjectDisposedException">The handle is closed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Call(GuestfsHandle owner)
    {
        this.owner = owner;
        Handle = owner.Calls.Enter(out isOwner);
    }

    /// <summary>Begins a call whose arguments go to <paramref name="stack"/>, which must be stack memory of the caller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Call(GuestfsHandle owner, Span<byte> stack)
    {
        this.owner = owner;
        next = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(stack));
        end = next + stack.Length;
        Handle = owner.Calls.Enter(out isOwner);
    }

    // Native memory of arguments that the stack buffer has no room for.
    private struct Block
    {
        internal Block* Previous;
        internal nuint Size;
    }

    /// <summary>The C handle, valid until the scope ends.</summary>
    internal guestfs_h* Handle { get; }

    /// <summary>Bytes that a BufferIn of size 0 points to: libguestfs refuses NULL even then.</summary>
    internal static ReadOnlySpan<byte> EmptyBuffer => "\0"u8;

    /// <summary>Ends the call; may close the handle, or throw what an event handler threw.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Dispose()
    {
        if (blocks != null || secret)
        {
            FreeArguments();
        }

        owner.Calls.Leave(isOwner);
    }

    /// <summary>A required string.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* String(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return Encode(value, name);
    }

    /// <summary>A string that may be absent.</summary>
    internal byte* OptString(string? value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is null ? null : Encode(value, name);

    /// <summary>A key or passphrase: its bytes are cleared when the call ends.</summary>
    internal byte* Secret(string value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (!secret)
        {
            secret = true;
            // From here on everything is cleared, and nothing stays on the stack, whose extent is not tracked.
            end = next;
        }

        return Encode(value, name);
    }

    /// <summary>A list of strings as a NULL-terminated array.</summary>
    internal byte** StringList(string[] values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        byte** array = (byte**)Allocate(checked(((nuint)values.Length + 1) * (nuint)sizeof(byte*)), (nuint)sizeof(byte*));
        for (int i = 0; i < values.Length; i++)
        {
            array[i] = Encode(values[i] ?? throw new ArgumentException("A string in the list is null.", name), name);
        }

        array[values.Length] = null;
        return array;
    }

    private byte* Encode(string value, string? name)
    {
        int max = LosslessUtf8.GetMaxByteCount(value.Length);
        byte* bytes = Allocate((nuint)max + 1, 1);
        int count = TryEncodeShort(value, bytes) ? value.Length : EncodeAny(value, new Span<byte>(bytes, max), name);
        bytes[count] = 0;
        // Give back what the worst case reserved too much.
        if (bytes + max + 1 == next)
        {
            next = bytes + count + 1;
        }

        return bytes;
    }

    // Most arguments are short and ASCII: a plain loop is quicker there than setting up the vectorised encoder.
    private static bool TryEncodeShort(string value, byte* bytes)
    {
        if (value.Length > 64)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '\0' or > '\x7F')
            {
                return false;
            }

            bytes[i] = (byte)c;
        }

        return true;
    }

    private static int EncodeAny(string value, Span<byte> bytes, string? name)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("The string contains a NUL character, which would end it early in libguestfs.", name);
        }

        try
        {
            return LosslessUtf8.GetBytes(value, bytes);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, name, e);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* Allocate(nuint size, nuint alignment)
    {
        byte* aligned = (byte*)(((nuint)next + alignment - 1) & ~(alignment - 1));
        if (size <= (nuint)(end - aligned) && aligned <= end)
        {
            next = aligned + size;
            return aligned;
        }

        return AllocateBlock(size);
    }

    // A large list goes on in blocks of growing size instead of one allocation a string.
    private byte* AllocateBlock(nuint size)
    {
        nuint payload = Math.Max(size, blocks == null ? 4096 : Math.Min(blocks->Size * 2, 1 << 20));
        Block* block = (Block*)NativeMemory.Alloc(payload + (nuint)sizeof(Block));
        block->Previous = blocks;
        block->Size = payload;
        blocks = block;
        byte* start = (byte*)(block + 1);
        next = start + size;
        end = start + payload;
        return start;
    }

    private readonly void FreeArguments()
    {
        for (Block* block = blocks; block != null;)
        {
            Block* previous = block->Previous;
            if (secret)
            {
                // Not CryptographicOperations: it brings all of OpenSSL's bindings into programs compiled ahead of time.
                Libc.explicit_bzero(block + 1, block->Size);
            }

            NativeMemory.Free(block);
            block = previous;
        }
    }

    /// <summary>The exception for a call that returned its error value. Call it before anything else on this thread.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal readonly GuestfsException Failure(string operation, CallState state = CallState.Any, string? feature = null) =>
        CallFailure.Explain(owner, Handle, operation, state, feature);
}
