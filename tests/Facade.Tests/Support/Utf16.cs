// UTF-16 units as bytes, lone surrogates included, which Encoding would replace.
using System.Runtime.InteropServices;

namespace Guestfs.Tests.Support;

/// <summary>Raw UTF-16.</summary>
internal static class Utf16
{
    internal static byte[] Bytes(string text) => MemoryMarshal.AsBytes(text.AsSpan()).ToArray();
}
