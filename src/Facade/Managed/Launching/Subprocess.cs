// Runs a program and waits for it by its own number. System.Diagnostics.Process would make the runtime reap every child of a
// process that is PID 1, libguestfs' own among them.
using System.Collections;
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>A child process from its start to its end, which is that of this object at the latest.</summary>
/// <remarks>It can write to three descriptors: standard output and error,
/// which are one unless they are kept apart, and <see cref="Extra"/>.</remarks>
internal sealed unsafe class Subprocess : IDisposable
{
    /// <summary>The number of the descriptor beside the standard ones that the program may write to.</summary>
    internal const int Extra = 3;

    // WTERMSIG of a status of waitpid(2).
    private const int SignalMask = 0x7F;
    private const int BufferSize = 4096;

    // Endless output must not fill the memory. qemu-img describes each snapshot of an image in some hundred bytes.
    private const int MaxKept = 4 << 20;

    private const string Locale = "LC_ALL=C";

    private readonly int id;
    private readonly int input;
    private readonly ProcessReference? reference;
    private readonly MemoryStream output = new(), extra = new();
    private int outputDescriptor, extraDescriptor;
    private bool reaped;
    private int status;

    private Subprocess(int id, int input, int output, int extra)
    {
        this.id = id;
        this.input = input;
        outputDescriptor = output;
        extraDescriptor = extra;
        reference = ProcessReference.TryOpen(id);
    }

    /// <summary>What it has written so far on standard output, and on standard error unless that is kept apart.</summary>
    internal string Output => LosslessUtf8.GetString(output.ToArray());

    /// <summary>What it has written so far to descriptor <see cref="Extra"/>, and on standard error if that is kept apart.</summary>
    internal ReadOnlySpan<byte> ExtraOutput => extra.GetBuffer().AsSpan(0, (int)extra.Length);

    /// <summary>Whether it has failed by its own account. False while it runs,
    /// and where its status has gone to whoever reaps the children of this process.</summary>
    internal bool HasFailed => status != 0;

    /// <summary>The processor time that all its threads have used; zero when it has ended.</summary>
    internal TimeSpan ProcessorTime
    {
        get
        {
            int clock;
            timespec time;
            return Libc.clock_getcpuclockid(id, &clock) == 0 && Libc.clock_gettime(clock, &time) == 0
                ? TimeSpan.FromSeconds(time.tv_sec) + TimeSpan.FromMicroseconds(time.tv_nsec / 1000.0)
                : TimeSpan.Zero;
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="arguments">The program, looked for by <see cref="HostProgram"/> where its name has no slash, and its arguments.</param>
    /// <param name="input">What its standard input begins with, at most a page. The input does not end while the program runs.</param>
    /// <param name="errorsApart">Whether standard error is one with <see cref="Extra"/>, and not with standard output.</param>
    /// <returns>Null when it could not be started.</returns>
    internal static Subprocess? TryStart(string[] arguments, ReadOnlySpan<byte> input, bool errorsApart = false)
    {
        if (HostProgram.Find(arguments[0], HostEnvironment.Variable("PATH")) is not { } program)
        {
            return null;
        }

        int* ends = stackalloc int[6];
        for (int i = 0; i < 6; i += 2)
        {
            if (Libc.pipe2(ends + i, Libc.O_CLOEXEC) != 0)
            {
                Close(new ReadOnlySpan<int>(ends, i));
                return null;
            }
        }

        (int inputRead, int inputWrite) = (Above(ends[0]), ends[1]);
        (int outputRead, int outputWrite) = (ends[2], Above(ends[3]));
        (int extraRead, int extraWrite) = (ends[4], Above(ends[5]));

        // It fits into the pipe, so that nobody need read yet.
        fixed (byte* first = input)
        {
            _ = Libc.write(inputWrite, first, (nuint)input.Length);
        }

        int child = Spawn([program, .. arguments[1..]], inputRead, outputWrite, errorsApart ? extraWrite : outputWrite, extraWrite);
        Close(inputRead, outputWrite, extraWrite);
        if (child < 0)
        {
            Close(inputWrite, outputRead, extraRead);
            return null;
        }

        return new Subprocess(child, inputWrite, outputRead, extraRead);
    }

    /// <summary>Waits until it writes or closes something, and reads that.</summary>
    /// <param name="limit">How long to wait at most.</param>
    /// <returns>False when nothing more can come: all that held its outputs have ended.</returns>
    internal bool Read(TimeSpan limit)
    {
        pollfd* descriptors = stackalloc pollfd[2];
        descriptors[0] = new pollfd { fd = outputDescriptor, events = Libc.POLLIN };
        descriptors[1] = new pollfd { fd = extraDescriptor, events = Libc.POLLIN };
        if (Libc.poll(descriptors, 2, (int)Math.Ceiling(Math.Max(limit.TotalMilliseconds, 0))) > 0)
        {
            Take(descriptors[0], ref outputDescriptor, output);
            Take(descriptors[1], ref extraDescriptor, extra);
        }

        return outputDescriptor >= 0 || extraDescriptor >= 0;
    }

    /// <summary>Waits for its end, and kills it when that does not come in time.</summary>
    /// <returns>
    /// Whether it ended by itself: was not killed, here or from outside. Unknown is true: its status may have gone to whoever reaps
    /// the children of this process.
    /// </returns>
    internal bool WaitForEnd(TimeSpan limit)
    {
        long start = Environment.TickCount64;
        while (!TryReap(Libc.WNOHANG) && Environment.TickCount64 - start < limit.TotalMilliseconds)
        {
            Thread.Sleep(1);
        }

        if (!reaped)
        {
            Kill();
            return false;
        }

        return (status & SignalMask) != Libc.SIGKILL;
    }

    public void Dispose()
    {
        Kill();
        reference?.Dispose();
        foreach (int descriptor in (ReadOnlySpan<int>)[input, outputDescriptor, extraDescriptor])
        {
            if (descriptor >= 0)
            {
                Close(descriptor);
            }
        }
    }

    private static int Spawn(string[] arguments, int input, int output, int error, int extra)
    {
        posix_spawn_file_actions_t actions;
        posix_spawnattr_t attributes;
        sigset_t none, brokenPipe;
        _ = Libc.sigemptyset(&none);
        _ = Libc.sigemptyset(&brokenPipe);
        _ = Libc.sigaddset(&brokenPipe, Libc.SIGPIPE);
        _ = Libc.posix_spawn_file_actions_init(&actions);
        foreach ((int from, int to) in (ReadOnlySpan<(int, int)>)[(input, 0), (output, 1), (error, 2), (extra, Extra)])
        {
            _ = Libc.posix_spawn_file_actions_adddup2(&actions, from, to);
        }

        // The runtime ignores SIGPIPE, which a child would inherit.
        _ = Libc.posix_spawnattr_init(&attributes);
        _ = Libc.posix_spawnattr_setsigdefault(&attributes, &brokenPipe);
        _ = Libc.posix_spawnattr_setsigmask(&attributes, &none);
        _ = Libc.posix_spawnattr_setflags(&attributes, Libc.POSIX_SPAWN_SETSIGDEF | Libc.POSIX_SPAWN_SETSIGMASK);
        byte** argv = NativeStrings(arguments);
        byte** envp = NativeStrings(Variables());
        try
        {
            int child;
            return Libc.posix_spawn(&child, argv[0], &actions, &attributes, argv, envp) == 0 ? child : -1;
        }
        finally
        {
            Free(argv);
            Free(envp);
            _ = Libc.posix_spawn_file_actions_destroy(&actions);
            _ = Libc.posix_spawnattr_destroy(&attributes);
        }
    }

    // What it says is read, and shown beside English: whatever the language of this process is.
    private static string[] Variables() =>
        !HostEnvironment.IsTrusted ? [Locale] : [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => variable.Key is not "LC_ALL")
            .Select(variable => $"{variable.Key}={variable.Value}"), Locale];

    // In a process without standard streams a pipe has their numbers, and must not be replaced before it is copied.
    private static int Above(int descriptor)
    {
        int higher = Libc.fcntl(descriptor, Libc.F_DUPFD_CLOEXEC, Extra + 1);
        Close(descriptor);
        return higher;
    }

    private static void Take(pollfd ready, ref int descriptor, MemoryStream into)
    {
        if (ready.revents == 0)
        {
            return;
        }

        byte* buffer = stackalloc byte[BufferSize];
        nint count = Libc.read(descriptor, buffer, BufferSize);
        if (count <= 0)
        {
            Close(descriptor);
            descriptor = -1;
        }
        else if (into.Length < MaxKept)
        {
            into.Write(new ReadOnlySpan<byte>(buffer, (int)count));
        }
    }

    // Until it is reaped, here, the number is its own.
    private bool TryReap(int options)
    {
        int result = 0;
        while (!reaped)
        {
            int ended;
            result = Libc.waitpid(id, &ended, options);
            if (result == 0 || (result < 0 && Marshal.GetLastPInvokeError() == Libc.EINTR))
            {
                if (options == Libc.WNOHANG)
                {
                    return false;
                }

                continue;
            }

            reaped = true;
            status = result == id ? ended : 0;
        }

        return true;
    }

    private void Kill()
    {
        if (reaped)
        {
            return;
        }

        if (reference is not null)
        {
            reference.Kill();
        }
        else
        {
            _ = Libc.kill(id, Libc.SIGKILL);
        }

        _ = TryReap(0);
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
            _ = Libc.close(descriptor);
        }
    }
}
