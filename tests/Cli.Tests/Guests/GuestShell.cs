using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Cli.Tests.Guests;

/// <summary>Runs scripts in which <c>gfs</c> is the tool as it is published, which starts faster, <c>upstream</c> runs one of
/// libguestfs', and <c>refused</c> one that is to end with a code; what it said is in <c>out</c> and <c>error</c>.</summary>
internal static class GuestShell
{
    // An appliance that upstream's tools resume as well: they start it a hundred times.
    private static readonly Lazy<string> Resumable = new(() =>
    {
        string directory = Repository.File("artifacts", "tests", "resumable");
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        CommandResult built = Command.TryRun(
            PublishedProgram.Gfs.File, ["appliance", "build", "--profile", "fast", "--with-state", "-o", directory]);
        Assert.True(built.ExitCode == 0, built.Error);
        return directory;
    });

    // Upstream's tools do not find out by themselves that KVM does not work.
    private const string Functions = """
        export LC_ALL=C.UTF-8
        tool=("$@")
        gfs() { "${tool[@]}" "$@"; }
        upstream() {
          LIBGUESTFS_BACKEND_SETTINGS=force_tcg LIBGUESTFS_PATH=$resumable LIBGUESTFS_HV=$resumable/resume/qemu "$@"
        }
        refused() { set +e; "${@:2}" > out 2> error; r=$?; set -e; [ $r = $1 ] || { cat error; echo "$r: $*"; exit 1; } }

        """;

    /// <summary>Runs one that must succeed.</summary>
    internal static void Pass(string script, IReadOnlyDictionary<string, string?> environment)
    {
        CommandResult result = Run($"trap 'echo \"failed: $BASH_COMMAND\" >&2' ERR\n{script}", environment);
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Output}\n{result.Error}");
    }

    /// <summary>Runs one; what it ends with is for the caller to judge.</summary>
    internal static CommandResult Run(string script, IReadOnlyDictionary<string, string?> environment)
    {
        Assert.True(PublishedProgram.Gfs.Publishing.ExitCode == 0, PublishedProgram.Gfs.Publishing.Output);
        using TempDirectory work = new();
        Dictionary<string, string?> all = new(environment) { ["resumable"] = Resumable.Value };
        return Command.TryRun("bash", ["-c", Functions + script, "bash", PublishedProgram.Gfs.File], all, work.Path);
    }
}
