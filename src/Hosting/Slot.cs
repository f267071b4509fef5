namespace Guestfs.Extensions.Hosting;

/// <summary>The right to run one appliance. One that nobody gives back is given back by the garbage collector.</summary>
internal sealed class Slot(Admission admission) : IDisposable
{
    private int isFree;

    ~Slot()
    {
        if (Interlocked.Exchange(ref isFree, 1) == 0)
        {
            admission.Release(wasForgotten: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isFree, 1) == 0)
        {
            admission.Release(wasForgotten: false);
        }

        GC.SuppressFinalize(this);
    }
}
