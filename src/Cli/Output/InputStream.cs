using System.Runtime.InteropServices;

using Guestfs.Appliances.Archives;
using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Output;

/// <summary>Standard input, of which a read that waits for what never comes ends with the program's interruption.</summary>
/// <param name="cancellationToken">Ends it.</param>
internal sealed unsafe class InputStream(CancellationToken cancellationToken) : ReadOnlyStream
{
    private const int Interval = 200;

    // Not through .NET's console, which sends the terminal what it does not need.
    private readonly FileStream input = new(new SafeFileHandle(Libc.STDIN_FILENO, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    public override int Read(Span<byte> buffer)
    {
        pollfd descriptor = new() { fd = Libc.STDIN_FILENO, events = Libc.POLLIN };
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (Libc.poll(&descriptor, 1, Interval) is var count && (count == 0 || (count < 0 && IsAgain())));
        return input.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        input.Dispose();
        base.Dispose(disposing);
    }

    private static bool IsAgain() => Marshal.GetLastPInvokeError() is Libc.EINTR or Libc.EAGAIN;
}
