// The texts of events; guestfish, which prints the same events, is the judge.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Events;

public class TraceEventTests
{
    private const string Prefix = "libguestfs: trace: ";

    [Fact]
    public void The_trace_is_the_one_that_guestfish_prints()
    {
        CommandResult guestfish = Command.TryRun("guestfish", [], new Dictionary<string, string?> { ["LIBGUESTFS_TRACE"] = "1" }, input: """
            get-verbose
            set-verbose false
            set-memsize 700
            get-memsize
            set-path /a:/b
            get-path
            set-backend-settings "one two=3"
            get-backend-settings
            -add /no/such/disk readonly:true format:raw
            version
            set-trace false

            """);
        string[] printed = [.. guestfish.Error.Split('\n')
            .Where(l => l.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(l => l[Prefix.Length..])
            .SkipWhile(l => l != "get_verbose")
            .TakeWhile(l => !l.EndsWith("close", StringComparison.Ordinal))];
        Assert.Contains("get_verbose = 0", printed);

        List<string> trace = [];
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        handle.SetTrace(true);
        handle.TraceMessageReceived += (_, e) => trace.Add(e.Text);
        handle.GetVerbose();
        handle.SetVerbose(false);
        handle.SetMemsize(700);
        handle.GetMemsize();
        handle.SetPath("/a:/b");
        handle.GetPath();
        handle.SetBackendSettings(["one", "two=3"]);
        handle.GetBackendSettings();
        Assert.Throws<GuestfsDiskException>(
            () => handle.AddDrive("/no/such/disk", new AddDriveOptions { ReadOnly = true, Format = "raw" }));
        handle.Version();
        handle.SetTrace(false);
        Assert.Equal(printed, trace);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_come_as_they_are()
    {
        List<GuestfsMessageEventArgs> trace = [];
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        handle.SetTrace(true);
        handle.TraceMessageReceived += (_, e) => trace.Add(e);
        handle.SetPath("/é\uDCFF");
        Assert.Equal("set_path \"/é\uDCFF\"", trace[0].Text);
        Assert.Equal([.. "set_path \""u8, (byte)'/', 0xC3, 0xA9, 0xFF, (byte)'"'], trace[0].Bytes.ToArray());
    }
}
