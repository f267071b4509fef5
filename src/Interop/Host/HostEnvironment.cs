// The environment, as far as it may be believed: who starts a program that has other rights than he, chooses its variables.
using System.Globalization;

namespace Guestfs.Interop;

/// <summary>Variables of the environment, for all that chooses which code runs.</summary>
internal static class HostEnvironment
{
    /// <summary>Whether it comes from somebody with no fewer rights than this process.</summary>
    // Not so in setuid and setgid programs, and in those that a file or a security module gives rights.
    internal static bool IsTrusted { get; } = Libc.getauxval(Libc.AT_SECURE) == 0;

    /// <summary>A variable; null where it is not set, or the environment is not trusted.</summary>
    internal static string? Variable(string name) => IsTrusted ? Environment.GetEnvironmentVariable(name) : null;

    /// <summary>The user of this process, for messages: its number where it has no name, as in many containers.</summary>
    internal static string User
    {
        get
        {
            try
            {
                if (Environment.UserName is { Length: > 0 } name)
                {
                    return name;
                }
            }
            catch (IOException)
            {
                // There is no list of users.
            }

            return Libc.geteuid().ToString(CultureInfo.InvariantCulture);
        }
    }
}
