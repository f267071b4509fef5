// The short scenarios; results go to standard output, so that standard error has only what libguestfs prints.
using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;
using Guestfs.TestSupport;
using Guestfs.TestSurface;

using Microsoft.Extensions.Logging;

namespace Guestfs.Tests.Child;

internal static unsafe class Scenarios
{
    private const int Threads = 8;
    private const int Handles = 3;
    private const int Rounds = 50;

    /// <summary>Failing calls of several handles in turn, in the thread that made them and in others;
    /// prints how many were caught.</summary>
    internal static void ErrorsInManyThreads()
    {
        GuestfsHandle[] handles =
        [
            .. Enumerable.Range(0, Handles).Select(_ => new GuestfsHandle(new GuestfsHandleOptions { IgnoreEnvironment = true })),
        ];
        int caught = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(FailInTurn))];
        Array.ForEach(threads, t => t.Start());
        FailInTurn();
        Array.ForEach(threads, t => t.Join());
        Array.ForEach(handles, h => h.Dispose());

        // libguestfs uses the memory and the thread's key of a closed handle again.
        using GuestfsHandle next = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        Thread last = new(() => Fail(next));
        last.Start();
        last.Join();
        Console.WriteLine($"{caught} of {(((Threads + 1) * Handles * Rounds) + 1)}");

        void FailInTurn()
        {
            for (int i = 0; i < Handles * Rounds; i++)
            {
                Fail(handles[i % Handles]);
            }
        }

        void Fail(GuestfsHandle handle)
        {
            try
            {
                handle.InternalTestRinterr();
            }
            catch (GuestfsException)
            {
                Interlocked.Increment(ref caught);
            }
        }
    }

    /// <summary>The same without our library: silenced in the thread that made the handle, which does not count in others.</summary>
    internal static void RawErrorInAnotherThread()
    {
        guestfs_h* handle = LibGuestfs.guestfs_create_flags(LibGuestfs.GUESTFS_CREATE_NO_ENVIRONMENT);
        LibGuestfs.guestfs_set_error_handler(handle, null, null);
        Thread thread = new(() => _ = LibGuestfsInternal.guestfs_internal_test_rinterr(handle));
        thread.Start();
        thread.Join();
        LibGuestfs.guestfs_close(handle);
    }

    /// <summary>Traced calls with two handlers, which are removed one after the other; prints how often they ran.</summary>
    internal static void Trace(string until)
    {
        int first = 0, second = 0;
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        EventHandler<GuestfsMessageEventArgs> one = (_, _) => first++, two = (_, _) => second++;
        handle.TraceMessageReceived += one;
        handle.TraceMessageReceived += two;
        handle.SetTrace(true);
        handle.GetMemsize();
        handle.TraceMessageReceived -= one;
        handle.GetSmp();
        if (until == "unsubscribed")
        {
            handle.TraceMessageReceived -= two;
        }

        handle.GetPgroup();
        if (until == "again")
        {
            handle.TraceMessageReceived -= two;
            handle.TraceMessageReceived += two;
        }

        handle.GetAutosync();
        Console.WriteLine($"{first} {second}");
    }

    /// <summary>A traced call of a handle whose loggers are enabled from a level on.</summary>
    internal static void Log(LogLevel from)
    {
        using RecordingLogs logs = new(from);
        using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true, LoggerFactory = logs });
        handle.SetTrace(true);
        handle.GetPgroup();
    }

    /// <summary>Prints the exception of an action with a new handle: its type, its error number and its message.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "What it is, is the question.")]
    internal static void Report(Action<GuestfsHandle> action, GuestfsHandleOptions options)
    {
        try
        {
            using GuestfsHandle handle = new(options);
            action(handle);
            Console.WriteLine("no exception");
        }
        catch (Exception e)
        {
            Console.WriteLine($"{e.GetType().Name} {(e as GuestfsException)?.Errno}\n{e.Message}");
        }
    }
}
