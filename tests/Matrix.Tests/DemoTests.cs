// The demonstration as a NativeAOT program of an older release.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Matrix.Tests;

public sealed class DemoTests
{
    [Fact]
    public void The_demonstration_makes_a_disk_and_reports_what_is_on_it() => DemoRun.Check();
}
