// How much memory is in use after very many calls of all kinds.
using Guestfs.TestSupport;
using Guestfs.TestSurface;

namespace Guestfs.Tests.Child.Heap;

internal static unsafe class MemoryInUse
{
    private const int Calls = 100_000;

    /// <summary>Prints the bytes in use before and after; the kind 'leak' does not free one small string a call.</summary>
    internal static void Run(string kind)
    {
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        handle.InternalTestSetOutput("/dev/null");
        Mixed(20_000);
        long before = ProcessResources.Now().Memory;
        Mixed(Calls);
        Console.WriteLine($"{before} {ProcessResources.Now().Memory}");

        void Mixed(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Call(i % 10);
                if (kind == "leak")
                {
                    _ = FaultyCalls.String();
                }
            }
        }

        void Call(int which)
        {
            switch (which)
            {
                case 0: handle.InternalTestRint("1"); break;
                case 1: handle.InternalTestRstring("string"); break;
                case 2: handle.InternalTestRstringlist("10"); break;
                case 3: handle.InternalTestRhashtable("10"); break;
                case 4: handle.InternalTestRstruct("x"); break;
                case 5: handle.InternalTestRstructlist("10"); break;
                case 6: handle.InternalTestRbufferout("buffer"); break;
                case 7: handle.InternalTestRconststring("x"); break;
                case 8: handle.InternalTest("a", null, ["b", "c"], true, 1, 2, "d", "e", [1, 2], new() { Ostring = "f" }); break;
                default: Fail(); break;
            }
        }

        void Fail()
        {
            try
            {
                handle.InternalTestRstringerr();
            }
            catch (GuestfsException)
            {
            }
        }
    }
}
