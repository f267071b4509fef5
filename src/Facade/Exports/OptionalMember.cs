using System.Runtime.CompilerServices;

namespace Guestfs.Exports;

/// <summary>Members of an options structure, which may not be set, or not be there in an older one.
/// The values that mean so are in the header too.</summary>
internal static unsafe class OptionalMember
{
    internal const int UnsetInt = int.MinValue;
    internal const long UnsetInt64 = long.MinValue;

    /// <summary>Whether a structure of the caller's size has the member that ends at an address:
    /// an older one does not have the newer members.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsPresent(void* structure, nuint size, void* end) => (nuint)((byte*)end - (byte*)structure) <= size;

    /// <summary>A number, or null where it is not set.</summary>
    internal static int? Value(int member) => member == UnsetInt ? null : member;

    /// <inheritdoc cref="Value(int)"/>
    internal static long? Value(long member) => member == UnsetInt64 ? null : member;

    /// <summary>A truth value, or null where it is not set.</summary>
    internal static bool? Boolean(int member) => member == UnsetInt ? null : member != 0;
}
