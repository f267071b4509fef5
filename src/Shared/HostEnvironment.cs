// The environment, as far as it may be believed: who starts a program that has other rights than he, chooses its variables.
using System.Runtime.InteropServices;

namespace Guestfs;

/// <summary>Variables of the environment, for all that chooses which code runs.</summary>
internal static partial class HostEnvironment
{
    // getauxval(3): set in setuid and setgid programs, and in those that a file or a security module gives rights.
    private const nuint AtSecure = 23;

    /// <summary>Whether it comes from somebody with no fewer rights than this process.</summary>
    internal static bool IsTrusted { get; } = getauxval(AtSecure) == 0;

    /// <summary>A variable; null where it is not set, or the environment is not trusted.</summary>
    internal static string? Variable(string name) => IsTrusted ? Environment.GetEnvironmentVariable(name) : null;

    [LibraryImport("libc")]
    private static partial nuint getauxval(nuint type);
}
