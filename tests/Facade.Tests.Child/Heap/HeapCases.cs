// Every way memory passes between C and .NET, many times each under the heap watcher; one line of numbers for each.
using Guestfs.TestSurface;

namespace Guestfs.Tests.Child.Heap;

/// <summary>The calls that are watched.</summary>
internal static class HeapCases
{
    private const int Times = 1000;
    private const string Secret = "heapwatch secret";

    private static readonly string Large = new('x', 100_000);
    // The text that the watcher looks for; among much else, so that it is not on the stack.
    private static readonly string LargeSecret = new string('x', 5000) + Secret + new string('x', 5000);
    private static readonly string[] LargeList = [.. Enumerable.Range(0, 1000).Select(i => new string('x', i))];

    /// <summary>Prints, separated by tabs: name, times, blocks allocated,
    /// blocks left, bytes left, blocks freed twice, secrets found in freed blocks.</summary>
    internal static void Run()
    {
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        handle.InternalTestSetOutput("/dev/null");
        foreach ((string name, int times, Action<GuestfsHandle> call) in Results().Concat(Arguments()).Concat(StructCases.All())
            .Concat(FaultyCalls.All()))
        {
            // What the runtime allocates at first is not of interest.
            HeapWatch.Watch(Call, 2);
            HeapReport report = HeapWatch.Watch(Call, times);
            Console.WriteLine(
                $"{name}\t{times}\t{report.Allocated}\t{report.Live}\t{report.LiveBytes}\t{report.FreedTwice}\t{report.Secrets}");

            void Call() => call(handle);
        }
    }

    private static IEnumerable<(string Name, int Times, Action<GuestfsHandle> Call)> Results() =>
    [
        ("result int", Times, h => h.InternalTestRint("7")),
        ("result int64", Times, h => h.InternalTestRint64("7")),
        ("result bool", Times, h => h.InternalTestRbool("true")),
        ("result constString", Times, h => h.InternalTestRconststring("x")),
        ("result constOptString", Times, h => h.InternalTestRconstoptstring("x")),
        ("result string", Times, h => h.InternalTestRstring("string")),
        ("result string, large", 100, h => h.InternalTestRstring(Large)),
        ("result string, not UTF-8", Times, h => h.InternalTestRstring("\uDCFF")),
        ("result stringList", 100, h => h.InternalTestRstringlist("1000")),
        ("result stringList, empty", Times, h => h.InternalTestRstringlist("0")),
        ("result hashtable", 100, h => h.InternalTestRhashtable("500")),
        ("result hashtable, empty", Times, h => h.InternalTestRhashtable("0")),
        ("result struct", Times, h => h.InternalTestRstruct("x")),
        ("result structList", 100, h => h.InternalTestRstructlist("1000")),
        ("result structList, empty", Times, h => h.InternalTestRstructlist("0")),
        ("result buffer", Times, h => h.InternalTestRbufferout("bytes")),
        ("result buffer, empty", Times, h => h.InternalTestRbufferout("")),
        ("result buffer, large", 100, h => h.InternalTestRbufferout(Large)),
        ("error int", Times, Failing(h => h.InternalTestRinterr())),
        ("error int64", Times, Failing(h => h.InternalTestRint64err())),
        ("error bool", Times, Failing(h => h.InternalTestRboolerr())),
        ("error constString", Times, Failing(h => h.InternalTestRconststringerr())),
        ("error constOptString", Times, h => h.InternalTestRconstoptstringerr()),
        ("error string", Times, Failing(h => h.InternalTestRstringerr())),
        ("error stringList", Times, Failing(h => h.InternalTestRstringlisterr())),
        ("error hashtable", Times, Failing(h => h.InternalTestRhashtableerr())),
        ("error struct", Times, Failing(h => h.InternalTestRstructerr())),
        ("error structList", Times, Failing(h => h.InternalTestRstructlisterr())),
        ("error buffer", Times, Failing(h => h.InternalTestRbufferouterr())),
    ];

    private static IEnumerable<(string Name, int Times, Action<GuestfsHandle> Call)> Arguments() =>
    [
        ("arguments, small", Times, h => h.InternalTest(
            "a", "b", ["c"], true, 1, 2, "d", "e", [1], new() { Ostring = "f", Ostringlist = ["g"] })),
        ("arguments, large", 100, h => h.InternalTest(
            Large, Large, LargeList, true, 1, 2, Large, Large, new byte[10], new() { Ostring = Large, Ostringlist = LargeList })),
        ("arguments, refused after large ones", 100, Failing(
            h => h.InternalTest(Large, Large, LargeList, true, 1, 2, "d", "e", [], new() { Ostring = "\0" }))),
        ("secret, and the wrong state", Times, Failing(h => h.CryptsetupOpen("/dev/sda", Secret, "name"))),
        ("secret, large, and the wrong state", 100, Failing(h => h.CryptsetupOpen("/dev/sda", LargeSecret, "name"))),
        ("secret, large, then another argument refused", 100, Failing(h => h.CryptsetupOpen("/dev/sda", LargeSecret, "\0"))),
        ("secret, two of them", Times, Failing(h => h.LuksAddKey("/dev/sda", Secret, Secret, 0))),
        ("control: no secret", 100, Failing(h => h.Mount(LargeSecret, "/"))),
        ("setting", Times, h => h.SetProgram("program")),
        ("events", Times, h =>
        {
            EventHandler<GuestfsMessageEventArgs> handler = (_, _) => { };
            h.TraceMessageReceived += handler;
            h.SetTrace(true);
            h.SetTrace(false);
            h.TraceMessageReceived -= handler;
        }),
        ("handle", 200, _ =>
        {
            using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
            handle.Closed += (_, _) => { };
            handle.SetProgram("program");
        }),
    ];

    private static Action<GuestfsHandle> Failing(Action<GuestfsHandle> call) => h =>
    {
        try
        {
            call(h);
        }
        catch (Exception e) when (e is GuestfsException or ArgumentException)
        {
            return;
        }

        throw new InvalidOperationException("It should have failed.");
    };
}
