// What .NET's own listener is told. How many calls there are, libguestfs itself tells.
using Guestfs.Tests.Support;
using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Observability;

[Collection(nameof(ProcessWide))]
public sealed class MetricsTests : IDisposable
{
    private readonly RecordedMetrics metrics = new();

    public void Dispose() => metrics.Dispose();

    [Fact]
    public void Each_call_is_measured_under_the_name_that_libguestfs_tells()
    {
        using GuestfsHandle handle = New();
        List<string> entered = [];
        handle.FunctionEntered += (_, e) => entered.Add(e.Text);
        handle.GetMemsize();
        handle.SetPgroup(true);
        Thread thread = new(() => handle.GetBackendSettings());
        thread.Start();
        thread.Join();
        Assert.Equal(3, entered.Count);
        Measurement[] calls = metrics.Of("guestfs.call.duration");
        Assert.Equal(entered, calls.Select(call => call.Tags["guestfs.function"]));
        Assert.All(calls, call => Assert.InRange(call.Value, 0, 10));
        Assert.All(calls, call => Assert.Single(call.Tags));
    }

    [Fact]
    public void A_failed_call_says_which_exception_it_threw_and_nothing_else()
    {
        using GuestfsHandle handle = New();
        Assert.ThrowsAny<GuestfsException>(() => handle.AddDrive("/no/such/file", new() { ReadOnly = true, Format = "raw" }));
        handle.GetMemsize();
        Measurement[] calls = metrics.Of("guestfs.call.duration");
        Assert.Equal(["add_drive", "get_memsize"], calls.Select(call => call.Tags["guestfs.function"]));
        Assert.Equal([typeof(GuestfsException).FullName, null], calls.Select(call => call.Tags.GetValueOrDefault("error.type")));
        Assert.Equal(2, calls[0].Tags.Count);
    }

    [Fact]
    public void Open_handles_are_counted_whenever_they_were_opened()
    {
        metrics.Dispose();
        GuestfsHandle before = New();
        using RecordedMetrics late = new();
        int start = (int)late.Observe("guestfs.handle.count");
        using (New())
        {
            Assert.Equal(start + 1, late.Observe("guestfs.handle.count"));
        }

        Assert.Equal(start, late.Observe("guestfs.handle.count"));
        before.Dispose();
        Assert.Equal(start - 1, late.Observe("guestfs.handle.count"));
    }

    [Fact]
    public void Bytes_of_a_result_are_counted()
    {
        using GuestfsHandle handle = New();
        handle.InternalTestRbufferout("12345");
        Measurement one = Assert.Single(metrics.Of("guestfs.transfer.io"));
        Assert.Equal((5, "read"), (one.Value, one.Tags["guestfs.io.direction"]));
    }

    [Fact]
    public void A_launch_that_fails_has_an_outcome_and_a_reason()
    {
        using GuestfsHandle handle = New();
        handle.SetBackend("direct");
        handle.SetHv("/bin/false");
        handle.AddDriveScratch(1 << 20);
        Exception thrown = Assert.ThrowsAny<Exception>(handle.Launch);
        Measurement launch = Assert.Single(metrics.Of("guestfs.launch.duration"));
        Assert.Equal(("failed", thrown.GetType().FullName), (launch.Tags["guestfs.launch.outcome"], launch.Tags["error.type"]));
        if (thrown is GuestfsLaunchException { Failure: var failure })
        {
            Assert.Equal(failure.ToString(), launch.Tags["guestfs.launch.failure"]);
        }

        // Its parts are no calls.
        Assert.DoesNotContain(metrics.Of("guestfs.call.duration"), call => call.Tags["guestfs.function"] is "launch" or "get_append");
    }

    [Fact]
    public void Instruments_have_names_and_units_of_OpenTelemetry()
    {
        using GuestfsHandle handle = New();
        Assert.Equal(
            ["guestfs.call.duration s", "guestfs.handle.count {handle}", "guestfs.launch.duration s", "guestfs.transfer.io By"],
            metrics.Instruments.Select(instrument => $"{instrument.Name} {instrument.Unit}").Order(StringComparer.Ordinal));
        Assert.All(metrics.Instruments, instrument => Assert.NotEmpty(instrument.Description!));
    }

    private static GuestfsHandle New() => new(new GuestfsHandleOptions { IgnoreEnvironment = true });
}
