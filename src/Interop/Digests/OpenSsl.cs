using System.Runtime.InteropServices;

namespace Guestfs.Interop;

/// <summary>OpenSSL's library, of which .NET takes all digests and TLS. Where there is none, their first use ends the process.</summary>
internal static class OpenSsl
{
    /// <summary>What a host without it is to be given.</summary>
    internal const string Remedy = "Install OpenSSL's library (Debian: libssl3 or libssl3t64; Fedora: openssl-libs).";

    private static readonly Lazy<bool> There = new(() => Names().Any(name => NativeLibrary.TryLoad(name, out _)));

    /// <summary>Whether this process has it, or can load it.</summary>
    internal static bool IsThere => There.Value;

    // Those that .NET tries, in its order. What it loads first stays loaded.
    private static IEnumerable<string> Names()
    {
        if (HostEnvironment.Variable("CLR_OPENSSL_VERSION_OVERRIDE") is { Length: > 0 } version)
        {
            yield return $"libssl.so.{version}";
        }

        yield return "libssl.so.3";
        yield return "libssl.so.1.1";
    }
}
