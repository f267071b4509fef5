using System.Diagnostics;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public class ProcessReferenceTests
{
    [Theory]
    [InlineData("kill -SEGV $$", 11, 0)]
    [InlineData("exit 7", 0, 7)]
    public void How_a_process_ended_that_was_waited_for_is_told_by_newer_kernels(string end, int signal, int status)
    {
        using Process child = Process.Start("sh", ["-c", $"sleep 0.5; {end}"]);
        using ProcessReference reference = ProcessReference.TryOpen(child.Id)!;
        child.WaitForExit();
        Version kernel = Version.Parse(Command.Run("uname", "-r").Split('-', '+')[0].Trim());
        Assert.Equal(kernel >= new Version(6, 15) ? new ProcessEnd(signal, status) : null, reference.TryWait(TimeSpan.Zero));
    }
}
