// Managed bytes a call: the runtime's own count, compared with what it counts for making the same objects by hand.
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Memory;

public sealed class AllocationTests : IDisposable
{
    private const int Times = 100;

    private static readonly string[] List = ["a", "b", "c"];
    private static readonly string[] LargeList = [.. Enumerable.Repeat(new string('x', 100), 1000)];
    private static readonly string Large = new('x', 100_000);
    private static object? sink;

    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public AllocationTests() => handle.InternalTestSetOutput("/dev/null");

    public void Dispose() => handle.Dispose();

    [Fact]
    public void Numbers_and_booleans_cost_nothing()
    {
        Costs(0, () => handle.GetVerbose());
        Costs(0, () => handle.GetMemsize());
        Costs(0, () => handle.SetMemsize(800));
        Costs(0, () => handle.SetVerbose(false));
        Costs(0, () => handle.InternalTestRint64("123"));
        Costs(0, () => _ = handle.State);
    }

    [Fact]
    public void Strings_lists_and_buffers_cost_nothing_on_their_way_in()
    {
        Costs(0, () => handle.SetProgram("program"));
        Costs(0, () => handle.SetProgram(Large));
        Costs(0, () => handle.SetProgram("Grüße \uDCFF"));
        Costs(0, () => handle.SetAppend(null));
        Costs(0, () => handle.SetBackendSettings(List));
        Costs(0, () => handle.SetBackendSettings(LargeList));
        Costs(0, () => handle.InternalTest("a", "b", List, true, 1, 2, "c", "d", [1, 2, 3]));
    }

    [Fact]
    public void Options_cost_nothing()
    {
        Costs(0, () => handle.InternalTestOnlyOptargs(new() { Test = 1 }));
        Costs(0, () => handle.InternalTest63Optargs(new() { Opt1 = 1, Opt63 = 63 }));
        Costs(0, () => handle.InternalTest(
            "a", null, List, true, 1, 2, "c", "d", [], new() { Obool = true, Oint = 1, Oint64 = 2, Ostring = "e", Ostringlist = List }));
    }

    [Fact]
    public void Calls_cost_nothing_in_other_threads_either()
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(Numbers_and_booleans_cost_nothing));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(10_000)]
    public void A_string_costs_itself(int length)
    {
        string ascii = new('x', length), wide = new('世', length), bytes = new('\uDCFF', length);
        long string0 = Cost(() => new string('x', length));
        Costs(string0, () => handle.InternalTestRstring(ascii));
        Costs(string0, () => handle.InternalTestRstring(wide));
        Costs(string0, () => handle.InternalTestRstring(bytes));
        handle.SetProgram(ascii);
        Costs(string0, handle.GetProgram);
    }

    [Fact]
    public void An_empty_string_costs_nothing() => Costs(0, () => handle.InternalTestRstring(""));

    [Fact]
    public void A_buffer_costs_its_array()
    {
        Costs(Cost(() => new byte[3]), () => handle.InternalTestRbufferout("abc"));
        Costs(Cost(() => new byte[100_000]), () => handle.InternalTestRbufferout(Large));
    }

    [Fact]
    public void A_list_costs_its_array_and_its_strings()
    {
        Costs(Cost(() => new string[10]) + (10 * Cost(() => new string('0', 1))), () => handle.InternalTestRstringlist("10"));
        Costs(
            Cost(() => new string[1000]) + (10 * Cost(() => new string('0', 1))) + (90 * Cost(() => new string('0', 2))) + (900
                * Cost(() => new string('0', 3))),
            () => handle.InternalTestRstringlist("1000"));
    }

    [Fact]
    public void A_hashtable_costs_a_dictionary_of_its_size_and_its_strings() => Costs(
        Cost(() => new Dictionary<string, string>(10, StringComparer.Ordinal)) + (20 * Cost(() => new string('0', 1))),
        () => handle.InternalTestRhashtable("10"));

    [Fact]
    public void A_structure_costs_its_record_and_its_strings() => Costs(PhysicalVolume(), () => handle.InternalTestRstruct("x"));

    [Fact]
    public void A_list_of_structures_costs_its_array_its_records_and_their_strings() =>
        Costs(Cost(() => new LvmPv[10]) + (10 * PhysicalVolume()), () => handle.InternalTestRstructlist("10"));

    private long PhysicalVolume()
    {
        LvmPv volume = handle.InternalTestRstruct("x");
        string[] strings = [volume.Name, volume.Uuid, volume.Fmt, volume.Attr, volume.Tags];
        return Cost(() => volume with { }) + strings.Sum(s => Cost(() => new string('x', s.Length)));
    }

    private static void Costs(long expected, Action call)
    {
        // Until everything is compiled, and buffers that are used again exist.
        long actual = -1;
        for (int i = 0; i < 50 && actual != expected * Times; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int n = 0; n < Times; n++)
            {
                call();
            }

            actual = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(expected * Times, actual);
    }

    private static void Costs<T>(long expected, Func<T> call) => Costs(expected, () => { call(); });

    // The least of several, as a garbage collection in between adds to the count.
    private static long Cost(Func<object> make)
    {
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            sink = make();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
