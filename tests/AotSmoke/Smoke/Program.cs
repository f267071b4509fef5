// Every return kind, and its failure, in a NativeAOT program without an appliance. tests/Aot.Tests/c/smoke.c prints the same.
using System.Globalization;
using System.Text;

using Guestfs;
using Guestfs.Interop;
using Guestfs.TestSurface;

if (args is [string threads])
{
    FirstCalls(int.Parse(threads, CultureInfo.InvariantCulture));
    return 0;
}

using GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

Line("bool", g.InternalTestRbool("true") ? "true" : "false");
Line("int", Number(g.InternalTestRint("-10")));
Line("int64", Number(g.InternalTestRint64("-4294967296")));
Line("const string", g.InternalTestRconststring(""));
Line("optional string", g.InternalTestRconstoptstring("") ?? "NULL");
Line("no string", g.InternalTestRconstoptstringerr() ?? "NULL");
Line("string", g.InternalTestRstring("Grüße, \U0001F600"));
Line("not UTF-8", Hex(LosslessUtf8.GetBytes(g.InternalTestRstring("caf\uDCE9"))));
Line("buffer", Hex(g.InternalTestRbufferout("buffer")));
Line("list", string.Join(' ', g.InternalTestRstringlist("12")));
Line("hashtable",
    string.Join(' ', g.InternalTestRhashtable("5").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));
Line("struct", Volume(g.InternalTestRstruct("")));
Line("struct list", string.Join("; ", g.InternalTestRstructlist("3").Select(Volume)));

Fails("bool", () => g.InternalTestRboolerr());
Fails("int", () => g.InternalTestRinterr());
Fails("int64", () => g.InternalTestRint64err());
Fails("const string", () => g.InternalTestRconststringerr());
Fails("string", () => g.InternalTestRstringerr());
Fails("buffer", () => g.InternalTestRbufferouterr());
Fails("list", () => g.InternalTestRstringlisterr());
Fails("hashtable", () => g.InternalTestRhashtableerr());
Fails("struct", () => g.InternalTestRstructerr());
Fails("struct list", () => g.InternalTestRstructlisterr());

// A callback from C.
g.TraceMessageReceived += (_, e) => Line("event", e.Text);
g.SetTrace(true);
g.SetProgram("smoke");
g.GetProgram();
g.SetTrace(false);
return 0;

// Nothing of libguestfs was called before. Handles are created one after the other, so that only those who use the bindings
// themselves can have several threads at an import: an even number does.
static unsafe void FirstCalls(int count)
{
    using Barrier barrier = new(count);
    Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() =>
    {
        barrier.SignalAndWait();
        if (count % 2 == 0)
        {
            LibGuestfs.guestfs_close(LibGuestfs.guestfs_create_flags(LibGuestfs.GUESTFS_CREATE_NO_CLOSE_ON_EXIT));
        }

        using GuestfsHandle handle = new();
        handle.InternalTestRstruct("");
    }))];
    Array.ForEach(threads, thread => thread.Start());
    Array.ForEach(threads, thread => thread.Join());
}

static void Line(string kind, string value) => Console.WriteLine($"{kind}: {value}");

static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

static string Volume(LvmPv v) =>
    string.Create(CultureInfo.InvariantCulture, $"{v.Name} {v.Uuid} {v.Fmt} {v.Size} {v.Attr} {v.Tags} {v.PeStart}");

static void Fails(string kind, Action call)
{
    try
    {
        call();
        Line(kind + " error", "none");
    }
    catch (GuestfsException e)
    {
        Line(kind + " error", e.Message);
    }
}
