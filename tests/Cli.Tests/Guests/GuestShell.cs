using Guestfs.TestSupport;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>Runs scripts in which <c>gfs</c> is the tool, and <c>upstream</c> runs one of libguestfs'.</summary>
internal static class GuestShell
{
    // Upstream's tools do not find out by themselves that KVM does not work.
    private const string Functions = """
        export LC_ALL=C.UTF-8
        tool=("$@")
        gfs() { "${tool[@]}" "$@"; }
        upstream() { LIBGUESTFS_BACKEND_SETTINGS=force_tcg "$@"; }

        """;

    internal static CommandResult Run(string script, IReadOnlyDictionary<string, string?> environment)
    {
        using TempDirectory work = new();
        return Command.TryRun("bash", ["-c", Functions + script, "bash", .. Gfs.CommandLine], environment, work.Path);
    }
}
