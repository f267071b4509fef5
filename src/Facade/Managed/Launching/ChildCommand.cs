// Runs a short command and waits for it by its own number. System.Diagnostics.Process would make the runtime reap every
// child of a process that is PID 1, libguestfs' own among them.
using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Guestfs;

/// <summary>A child process from its start to its end.</summary>
internal static unsafe partial class ChildCommand
{
    private const int CloseOnExec = 0x80000, SigKill = 9, SigPipe = 13, SignalSetWords = 16, SignalMask = 0x7F, Interrupted = 4, NoHang = 1;
    private const short SetSignalDefaults = 0x04, SetSignalMask = 0x08, PollIn = 1;

    // The C library's opaque structures are at most 336 bytes in any of them.
    private const int OpaqueSize = 1024;

    /// <summary>Runs a program with an input of at most a page.</summary>
    /// <param name="arguments">The program, looked for by <see cref="HostProgram"/> where its name has no slash, and its arguments.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="limit">When to kill it.</param>
    /// <returns>What it printed, on both outputs; whether it ended within the limit; null when it could not be started.</returns>
    internal static (string Output, bool Ended)? Run(string[] arguments, ReadOnlySpan<byte> input, TimeSpan limit)
    {
        if (HostProgram.Find(arguments[0], Environment.GetEnvironmentVariable("PATH")) is not { } program)
        {
            return null;
        }

        int* stdin = stackalloc int[2], stdout = stackalloc int[2];
        if (pipe2(stdin, CloseOnExec) != 0)
        {
            return null;
        }

        if (pipe2(stdout, CloseOnExec) != 0)
        {
            Close(stdin[0], stdin[1]);
            return null;
        }

        // It fits into the pipe, so that nobody need read yet.
        fixed (byte* first = input)
        {
            _ = write(stdin[1], first, (nuint)input.Length);
        }

        int child = Spawn([program, .. arguments[1..]], stdin[0], stdout[1]);
        Close(stdin[0], stdin[1]);
        Close(stdout[1]);
        try
        {
            return child > 0 ? Finish(child, stdout[0], limit) : null;
        }
        finally
        {
            Close(stdout[0]);
        }
    }

    private static int Spawn(string[] arguments, int input, int output)
    {
        byte* actions = stackalloc byte[OpaqueSize], attributes = stackalloc byte[OpaqueSize];
        ulong* none = stackalloc ulong[SignalSetWords], brokenPipe = stackalloc ulong[SignalSetWords];
        new Span<ulong>(none, SignalSetWords).Clear();
        new Span<ulong>(brokenPipe, SignalSetWords).Clear();
        *brokenPipe = 1UL << (SigPipe - 1);
        _ = posix_spawn_file_actions_init(actions);
        _ = posix_spawn_file_actions_adddup2(actions, input, 0);
        _ = posix_spawn_file_actions_adddup2(actions, output, 1);
        _ = posix_spawn_file_actions_adddup2(actions, output, 2);

        // The runtime ignores SIGPIPE, which a child would inherit.
        _ = posix_spawnattr_init(attributes);
        _ = posix_spawnattr_setsigdefault(attributes, brokenPipe);
        _ = posix_spawnattr_setsigmask(attributes, none);
        _ = posix_spawnattr_setflags(attributes, SetSignalDefaults | SetSignalMask);
        byte** argv = NativeStrings(arguments);
        byte** envp = NativeStrings([.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}")]);
        try
        {
            int child;
            return posix_spawn(&child, argv[0], actions, attributes, argv, envp) == 0 ? child : -1;
        }
        finally
        {
            Free(argv);
            Free(envp);
            _ = posix_spawn_file_actions_destroy(actions);
            _ = posix_spawnattr_destroy(attributes);
        }
    }

    // Its end is that of its output, or the limit; either way it is reaped.
    private static (string Output, bool Ended) Finish(int child, int output, TimeSpan limit)
    {
        long start = Stopwatch.GetTimestamp();
        using MemoryStream text = new();
        byte* buffer = stackalloc byte[4096];
        bool ended = false;
        for (TimeSpan left = limit; left > TimeSpan.Zero && !ended; left = limit - Stopwatch.GetElapsedTime(start))
        {
            PollDescriptor descriptor = new() { Descriptor = output, Events = PollIn };
            if (poll(&descriptor, 1, (int)Math.Ceiling(left.TotalMilliseconds)) == 1)
            {
                nint count = read(output, buffer, 4096);
                ended = count == 0;
                text.Write(new ReadOnlySpan<byte>(buffer, (int)Math.Max(count, 0)));
            }
        }

        // It may have closed its outputs and stayed. Until it is reaped, here, the number is its own.
        int reaped = 0;
        int* status = stackalloc int[1];
        *status = 0;
        while (ended && (reaped = waitpid(child, status, NoHang)) == 0 && Stopwatch.GetElapsedTime(start) < limit)
        {
            Thread.Sleep(1);
        }

        // Killed from outside, when the launch is cancelled for example, it did not come to its end either.
        ended &= (*status & SignalMask) != SigKill;
        if (reaped == 0)
        {
            ended = false;
            _ = kill(child, SigKill);
            while (waitpid(child, null, 0) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            {
            }
        }

        return (LosslessUtf8.GetString(text.ToArray()), ended);
    }

    private static byte** NativeStrings(string[] values)
    {
        byte** array = (byte**)NativeMemory.AllocZeroed((nuint)values.Length + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < values.Length; i++)
        {
            int size = LosslessUtf8.GetMaxByteCount(values[i].Length);
            array[i] = (byte*)NativeMemory.AllocZeroed((nuint)size + 1);
            _ = LosslessUtf8.GetBytes(values[i], new Span<byte>(array[i], size));
        }

        return array;
    }

    private static void Free(byte** array)
    {
        for (byte** item = array; *item != null; item++)
        {
            NativeMemory.Free(*item);
        }

        NativeMemory.Free(array);
    }

    private static void Close(params ReadOnlySpan<int> descriptors)
    {
        foreach (int descriptor in descriptors)
        {
            _ = close(descriptor);
        }
    }
}
