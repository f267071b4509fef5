namespace Guestfs;

/// <summary>A pipe that libguestfs writes.</summary>
internal sealed class ReceivingPipe(GuestfsHandle handle, Stream destination, CancellationToken? cancellationToken)
    : TransferPipe(handle, FileAccess.Read, cancellationToken)
{
    private protected override void Copy()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        bool wanted = true;
        for (int count; (count = Pipe.Read(buffer, 0, buffer.Length)) > 0;)
        {
            GuestfsMetrics.CountRead(count);
            wanted = wanted
                && Try(c => destination.WriteAsync(buffer.AsMemory(0, count), c).AsTask(), () => destination.Write(buffer, 0, count));
            if (!wanted)
            {
                // The rest is thrown away: libguestfs must not wait for the pipe while it is asked to stop.
                AskToStop();
            }
        }
    }
}
