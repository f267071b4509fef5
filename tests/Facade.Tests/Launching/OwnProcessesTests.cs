// Killing by descriptor: only what the thread has started since, and never a stranger. The kernel's /proc is the judge.
using System.Diagnostics;
using System.Globalization;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

public class OwnProcessesTests
{
    [Fact]
    public void Only_what_a_thread_has_started_since_is_killed_with_its_children()
    {
        using Process earlier = Process.Start(Command.Find("sleep")!, "1000");
        OwnProcesses own = OwnProcesses.OfThisThread();
        ProcessStartInfo start = new("sh", ["-c", "sleep 1000 & echo $!; wait"]) { RedirectStandardOutput = true };
        using Process later = Process.Start(start)!;
        int grandchild = int.Parse(later.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        Process? elsewhere = null;
        Thread thread = new(() => elsewhere = Process.Start(Command.Find("sleep")!, "1000"));
        thread.Start();
        thread.Join();
        try
        {
            using ProcessReference? reference = ProcessReference.TryOpen(later.Id), below = ProcessReference.TryOpen(grandchild);
            Assert.NotNull(reference);
            Assert.NotNull(below);
            Assert.False(reference.HasEnded);

            Assert.True(own.Kill() >= 2);
            later.WaitForExit();
            Assert.True(reference.HasEnded);
            Assert.Equal(137, later.ExitCode);
            Assert.True(SpinWait.SpinUntil(() => below.HasEnded, 10_000));
            Assert.False(earlier.HasExited);
            Assert.False(elsewhere!.HasExited);

            // Its number may be anyone's now.
            reference.Kill();
            Assert.Equal(0, own.Kill());
        }
        finally
        {
            earlier.Kill();
            elsewhere?.Kill();
            elsewhere?.Dispose();
        }
    }
}
