// A clock that stands still, and whose delays are over at once.
namespace Guestfs.Appliances.Tests.Repositories;

/// <summary>Time for tests.</summary>
internal sealed class ClockAt(DateTimeOffset now) : TimeProvider
{
    /// <summary>The delays that were asked for.</summary>
    public List<TimeSpan> Delays { get; } = [];

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The timeout of a connection that is silent is not a delay.
        bool isDelay = dueTime < TimeSpan.FromSeconds(30) && dueTime >= TimeSpan.Zero;
        if (isDelay)
        {
            Delays.Add(dueTime);
        }

        return System.CreateTimer(callback, state, isDelay ? TimeSpan.Zero : dueTime, period);
    }
}
