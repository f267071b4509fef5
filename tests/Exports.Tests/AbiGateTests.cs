// The ABI does not change: gcc holds the header against the checked-in baseline, and is shown what it must refuse.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class AbiGateTests
{
    [Fact]
    public void The_header_keeps_what_the_baseline_promises()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_BASELINES") == "1")
        {
            File.WriteAllText(AbiBaseline.File, AbiBaseline.Of(Header.Read()));
        }

        CommandResult judgement = AbiBaseline.Judge(File.ReadAllText(Header.File));
        Assert.True(judgement.ExitCode == 0, "The ABI is broken; callers that are compiled already would fail. "
            + "Bring back what was there, or begin a new ABI with another run-time name.\n" + judgement.Error);
    }

    [Theory]
    [InlineData("GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(gfs_handle *g, const char *path);", "")]
    [InlineData("GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(gfs_handle *g, const char *path);",
        "GFS_API gfs_status gfs_mkdir_p(gfs_handle *g, const char *path, int mode);")]
    [InlineData("GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(gfs_handle *g, const char *path);",
        "GFS_API int gfs_mkdir_p(gfs_handle *g, const char *path);")]
    [InlineData("GFS_ERR_STATE = 4,", "GFS_ERR_STATE = 40,")]
    [InlineData("GFS_ERR_STATE = 4,", "")]
    [InlineData("#define GFS_UNSET INT_MIN", "#define GFS_UNSET INT_MAX")]
    [InlineData("    int64_t launch_timeout_ms;", "    int launch_timeout_ms;")]
    [InlineData("    int ignore_environment;", "    int more;\n    int ignore_environment;")]
    [InlineData("    const char *const *problems;\n};\n\n/** What to build",
        "    const char *const *problems;\n    int more;\n};\n\n/** What to build")]
    [InlineData("typedef int (*gfs_extract_callback)(void *opaque, uint64_t entries,",
        "typedef int (*gfs_extract_callback)(void *opaque, uint32_t entries,")]
    public void What_is_removed_or_changed_is_refused(string old, string changed)
    {
        string header = File.ReadAllText(Header.File);
        Assert.Contains(old, header, StringComparison.Ordinal);
        Assert.NotEqual(0, AbiBaseline.Judge(header.Replace(old, changed, StringComparison.Ordinal)).ExitCode);
    }

    [Theory]
    [InlineData("GFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(",
        "GFS_API gfs_status gfs_more(gfs_handle *g);\nGFS_WARN_UNUSED GFS_API gfs_status gfs_mkdir_p(")]
    [InlineData("GFS_ERR_INTERNAL = 15", "GFS_ERR_INTERNAL = 15, GFS_ERR_MORE = 16")]
    [InlineData("    int always_boot;\n};", "    int always_boot;\n    int more;\n};")]
    public void What_is_added_is_accepted(string old, string changed)
    {
        string header = File.ReadAllText(Header.File);
        Assert.Contains(old, header, StringComparison.Ordinal);
        CommandResult judgement = AbiBaseline.Judge(header.Replace(old, changed, StringComparison.Ordinal));
        Assert.True(judgement.ExitCode == 0, judgement.Error);
    }
}
