// The three streams that every program has, where .NET's console hides what becomes of them: a pipe whose reader has gone, a
// descriptor that was closed before the program began.
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Appliances.Archives;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli;

/// <summary>Standard output and standard error.</summary>
internal static unsafe class StandardStreams
{
    private static bool isInputTaken, isInputMissing;

    /// <summary>
    /// Sees to it that all three descriptors are open, since otherwise the next file to be opened becomes standard error and
    /// gets messages written into it; and that what cannot be written to standard output is an error, as it is to one that was closed.
    /// </summary>
    internal static void Prepare()
    {
        isInputMissing = !IsInherited(Libc.STDIN_FILENO);

        // The lowest free descriptor is taken: this ends with one that is not of the three.
        int descriptor;
        do
        {
            fixed (byte* path = "/dev/null\0"u8)
            {
                descriptor = Libc.openat(Libc.AT_FDCWD, path, Libc.O_RDONLY, 0);
            }
        }
        while (descriptor is >= Libc.STDIN_FILENO and <= Libc.STDERR_FILENO);
        _ = Libc.close(descriptor);
        Console.SetOut(new StreamWriter(new OutputStream(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1024)
        {
            AutoFlush = true,
        });
    }

    /// <summary>Writes a message to standard error. Names out of packages and arguments are in it:
    /// nothing of them may drive the terminal, and lines after the first are indented, so that none passes for a message.</summary>
    internal static void Tell(string message) =>
        Report(PrintableText.Of(message).Replace("\n", "\n    ", StringComparison.Ordinal) + "\n");

    /// <summary>Writes lines that are printable to standard error, in place of progress that is shown there.</summary>
    internal static void Report(string lines)
    {
        ProgressBar.Hide();
        Show(lines);
    }

    /// <summary>Writes to standard error. There is nobody to tell if that fails, and the work goes on.</summary>
    internal static void Show(string text)
    {
        _ = Write(Libc.STDERR_FILENO, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Writes what the appliance says to standard error, as far as it does not drive the terminal.</summary>
    internal static void ShowPrintable(string text) => Report(PrintableText.Of(text));

    /// <summary>Standard input, which is there once: of what a script of 'gfs run' came by, its commands cannot read.</summary>
    /// <param name="cancellationToken">Ends the wait for what comes.</param>
    internal static Stream TakeInput(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref isInputTaken, true))
        {
            throw new UsageException("Standard input was read already: name a file.");
        }

        if (isInputMissing)
        {
            throw new IOException($"Standard input cannot be read: {Marshal.GetPInvokeErrorMessage(Libc.EBADF)}.", Libc.EBADF);
        }

        return new InputStream(cancellationToken);
    }

    /// <summary>Whether a descriptor is one that this program was given. In place of one that was closed is what the runtime opened first,
    /// such as /dev/urandom, which never ends; it is closed on exec, and what comes through exec is not.</summary>
    internal static bool IsInherited(int descriptor) =>
        Libc.fcntl(descriptor, Libc.F_GETFD, 0) is var flags and >= 0 && (flags & Libc.FD_CLOEXEC) == 0;

    /// <summary>Standard output as bytes. What cannot be written is an error.</summary>
    internal static Stream OpenOutput() => new OutputStream();

    /// <summary>The same where there may be no memory to make a string or an array of.</summary>
    internal static void Show(ReadOnlySpan<byte> text) => _ = Write(Libc.STDERR_FILENO, text);

    // Not through .NET's console, which passes over a pipe that nobody reads, and needs memory and a thread to begin with.
    private static int Write(int descriptor, ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            nint count;
            fixed (byte* bytes = text)
            {
                count = Libc.write(descriptor, bytes, (nuint)text.Length);
            }

            int errno = Marshal.GetLastPInvokeError();
            if (count < 0 && errno == Libc.EAGAIN)
            {
                // Someone made the terminal or pipe that is shared with others not wait.
                Thread.Sleep(1);
            }
            else if (count < 0 && errno != Libc.EINTR)
            {
                return errno;
            }

            text = text[(int)Math.Max(count, 0)..];
        }

        return 0;
    }

    private sealed class OutputStream : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Terminal.IsThere)
            {
                ProgressBar.Hide();
            }

            int errno = StandardStreams.Write(Libc.STDOUT_FILENO, buffer);
            if (errno != 0)
            {
                throw new IOException($"Standard output cannot be written: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);
            }
        }

        public override void Flush()
        {
        }
    }
}
