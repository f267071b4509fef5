// Spans of calls. What libguestfs itself tells of entering functions, without our library, is the judge.
using System.Diagnostics;

using Guestfs.Tests.Support;
using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Observability;

[Collection(nameof(ProcessWide))]
public sealed class TracingTests : IDisposable
{
    private readonly RecordedSpans spans = new();
    private readonly GuestfsHandle handle = New();

    public void Dispose()
    {
        handle.Dispose();
        spans.Dispose();
    }

    [Fact]
    public void Each_call_is_one_span_with_the_name_that_libguestfs_tells()
    {
        List<string> entered = [];
        handle.FunctionEntered += (_, e) => entered.Add("guestfs." + e.Text);
        handle.GetMemsize();
        handle.SetPgroup(true);
        Thread thread = new(() => handle.GetBackendSettings());
        thread.Start();
        thread.Join();
        handle.InternalTestRstringlist("3");
        Assert.Equal(["guestfs.get_memsize", "guestfs.set_pgroup", "guestfs.get_backend_settings", "guestfs.internal_test_rstringlist"],
            spans.Names);
        Assert.Equal(entered, spans.Names);
        Assert.All(spans.Ended, s => Assert.Equal((ActivityStatusCode.Unset, 0), (s.Status, s.TagObjects.Count())));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public void A_function_that_calls_others_in_C_is_one_span()
    {
        using TempDirectory directory = new();
        string disk = directory.File("disk");
        File.WriteAllBytes(disk, new byte[512]);
        List<string> entered = [];
        handle.FunctionEntered += (_, e) => entered.Add(e.Text);
        handle.AddDriveRo(disk);
        Assert.True(entered is ["add_drive_ro", _, ..], string.Join(' ', entered));
        Assert.Equal(["guestfs.add_drive_ro"], spans.Names);
    }

    [Fact]
    public void A_failed_call_says_how_it_failed_but_no_argument()
    {
        const string secret = "/no/such/secret";
        GuestfsException e = Assert.ThrowsAny<GuestfsException>(
            () => handle.AddDrive(secret, new AddDriveOptions { ReadOnly = true, Format = "raw" }));
        Assert.Contains(secret, e.Message, StringComparison.Ordinal);
        Activity span = spans.Only("guestfs.add_drive");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
        Assert.Equal("Guestfs.GuestfsException", span.GetTagItem("error.type"));
        Assert.Equal(2, span.GetTagItem("guestfs.errno"));
        Assert.Equal(2, span.TagObjects.Count());
        Assert.Empty(span.Events);

        // The next call is not failed.
        handle.GetMemsize();
        Assert.Equal(ActivityStatusCode.Unset, spans.Only("guestfs.get_memsize").Status);
    }

    [Fact]
    public void Calls_of_a_handler_are_children_of_the_call_that_raised_the_event()
    {
        using GuestfsHandle other = New();
        handle.FunctionEntered += (_, e) =>
        {
            if (e.Text == "get_memsize")
            {
                handle.GetSmp();
                other.GetPgroup();
            }
        };
        using Activity outer = new Activity("user").Start();
        handle.GetMemsize();
        Activity call = spans.Only("guestfs.get_memsize");
        Assert.Equal(outer.SpanId, call.ParentSpanId);
        Assert.Equal(call.SpanId, spans.Only("guestfs.get_smp").ParentSpanId);
        Assert.Equal(call.SpanId, spans.Only("guestfs.get_pgroup").ParentSpanId);
        Assert.Same(outer, Activity.Current);
    }

    [Fact]
    public void A_handler_that_throws_makes_the_span_an_error()
    {
        handle.FunctionEntered += (_, _) => throw new InvalidTimeZoneException();
        Assert.Throws<InvalidTimeZoneException>(() => handle.GetMemsize());
        Activity span = spans.Only("guestfs.get_memsize");
        Assert.Equal((ActivityStatusCode.Error, typeof(InvalidTimeZoneException).FullName), (span.Status, span.GetTagItem("error.type")));
    }

    [Fact]
    public async Task Asynchronous_calls_belong_to_the_span_of_whoever_made_them()
    {
        foreach (string name in (string[])["first", "second"])
        {
            using Activity caller = new Activity(name).Start();
            await handle.RunAsync(h => h.SetProgram(name));
            Assert.Equal(caller.SpanId, spans.Ended[^1].ParentSpanId);
        }

        await handle.RunAsync(h => h.GetMemsize());
        Assert.Equal(default, spans.Only("guestfs.get_memsize").ParentSpanId);
    }

    [Fact]
    public void Closed_handles_and_refused_arguments_leave_nothing_behind()
    {
        Assert.Throws<ArgumentException>(() => handle.SetPath("a\0b"));
        handle.UserCancel();
        Thread thread = new(handle.UserCancel);
        thread.Start();
        thread.Join();
        handle.Dispose();
        Assert.Throws<ObjectDisposedException>(() => handle.GetMemsize());
        Assert.DoesNotContain("guestfs.set_path", spans.Names);
        Assert.Single(spans.Names, "guestfs.close");
        using GuestfsHandle next = New();
        next.GetSmp();
        Assert.Equal(default, spans.Only("guestfs.get_smp").ParentSpanId);
    }

    [Fact]
    public void A_handle_that_was_created_while_nobody_listened_is_not_traced()
    {
        spans.Dispose();
        using GuestfsHandle quiet = New();
        using RecordedSpans late = new();
        quiet.GetMemsize();
        Assert.Empty(late.Names);
        handle.GetMemsize();
        Assert.Equal(["guestfs.get_memsize"], late.Names);
    }

    [Fact]
    public void Threads_have_spans_of_their_own()
    {
        int rounds = Soak.Rounds(500, 20_000);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(n => new Thread(() =>
        {
            using Activity caller = new Activity($"thread{n}").Start();
            for (int i = 0; i < rounds; i++)
            {
                handle.GetMemsize();
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(Enumerable.Repeat(rounds, 4), spans.Ended.GroupBy(s => s.ParentSpanId).Select(g => g.Count()));
    }

    private static GuestfsHandle New() => new(new GuestfsHandleOptions { IgnoreEnvironment = true });
}
