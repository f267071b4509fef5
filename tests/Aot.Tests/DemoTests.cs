// The demonstration as a NativeAOT program, with a real appliance.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Aot.Tests;

public sealed class DemoTests
{
    [Fact]
    public void The_demonstration_makes_a_disk_and_reports_what_is_on_it()
    {
        Assert.True(PublishedProgram.Demo.Publishing.ExitCode == 0, PublishedProgram.Demo.Publishing.Output);
        DemoRun.Check();
    }
}
