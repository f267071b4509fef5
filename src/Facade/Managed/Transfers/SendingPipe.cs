namespace Guestfs;

/// <summary>A pipe that libguestfs reads.</summary>
internal sealed class SendingPipe(GuestfsHandle handle, Stream source, CancellationToken? cancellationToken)
    : TransferPipe(handle, FileAccess.Write, cancellationToken)
{
    private protected override void Copy()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        int count = 0;
        try
        {
            while (Try(async c => count = await source.ReadAsync(buffer, c).ConfigureAwait(false), () => count = source.Read(buffer)))
            {
                if (count == 0)
                {
                    Pipe.Dispose();
                    return;
                }

                Pipe.Write(buffer, 0, count);
                GuestfsMetrics.CountWritten(count);
            }

            // Not the end of the file: libguestfs would take what it has for the whole. It looks whether it is to stop
            // after each piece it has read, and the appliance throws away what was sent of a transfer that is stopped.
            while (AskToStop())
            {
                Pipe.WriteByte(0);
                Thread.Sleep(10);
            }
        }
        catch (IOException)
        {
            // The call has returned without reading all: it has its own error, or did not want more.
        }
    }
}
