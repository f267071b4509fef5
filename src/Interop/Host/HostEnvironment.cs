// The environment, as far as it may be believed: who starts a program that has other rights than he, chooses its variables.
namespace Guestfs.Interop;

/// <summary>Variables of the environment, for all that chooses which code runs.</summary>
internal static class HostEnvironment
{
    /// <summary>Whether it comes from somebody with no fewer rights than this process.</summary>
    // Not so in setuid and setgid programs, and in those that a file or a security module gives rights.
    internal static bool IsTrusted { get; } = Libc.getauxval(Libc.AT_SECURE) == 0;

    /// <summary>A variable; null where it is not set, or the environment is not trusted.</summary>
    internal static string? Variable(string name) => IsTrusted ? Environment.GetEnvironmentVariable(name) : null;
}
