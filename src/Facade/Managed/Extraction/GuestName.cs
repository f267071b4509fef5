// The one rule about names that a hostile filesystem must not break.
namespace Guestfs;

/// <summary>Names of directory entries in the guest.</summary>
internal static class GuestName
{
    /// <summary>Whether the name is one of an entry in its own directory, on any Linux filesystem.</summary>
    internal static bool IsSafe(string name) => name is not ("" or "." or "..") && !name.AsSpan().ContainsAny('/', '\0');
}
