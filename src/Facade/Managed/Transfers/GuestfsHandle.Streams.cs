// Streams in place of host files: a pipe, of which libguestfs opens one end by name while a thread serves the other.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    // What libguestfs opens when there will be no transfer: the call only has to fail in its usual way.
    private const string Nothing = "/dev/null";

    /// <summary>Makes a call that reads a host file, with a stream's bytes in it.</summary>
    private void Send(Stream source, Action<string> call, CancellationToken? cancellationToken = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(source));
        }

        Transfer(call, () => new SendingPipe(this, source, cancellationToken));
    }

    /// <summary>Makes a call that writes a host file, and writes its bytes to a stream.</summary>
    private void Receive(Stream destination, Action<string> call, CancellationToken? cancellationToken = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.CanWrite)
        {
            throw new ArgumentException("The stream cannot be written.", nameof(destination));
        }

        Transfer(call, () => new ReceivingPipe(this, destination, cancellationToken));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown when the stream has ended.")]
    private void Transfer(Action<string> call, Func<TransferPipe> open)
    {
        if (State != GuestfsState.Ready)
        {
            call(Nothing);
            return;
        }

        TransferPipe pipe = open();
        pipe.Start();
        ExceptionDispatchInfo? failure = null;
        try
        {
            call(pipe.Name);
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        // The stream's exception is why the call failed, if it did.
        pipe.Finish()?.Throw();
        failure?.Throw();
    }
}
