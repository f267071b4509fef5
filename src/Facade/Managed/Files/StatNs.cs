namespace Guestfs;

/// <content>Numbers as what they stand for.</content>
public sealed partial record StatNs
{
    /// <summary>The permissions, with set-user-ID, set-group-ID and sticky bits; without the type.</summary>
    public UnixFileMode Permissions => (UnixFileMode)(Mode & (ModeBits.Permissions | ModeBits.Special));

    /// <summary>When it was last read, in UTC, to 100 ns; null if that is not between the years 1 and 9999.</summary>
    public DateTimeOffset? AccessTime => Time(AtimeSec, AtimeNsec);

    /// <summary>When its contents were last changed, in UTC, to 100 ns; null if that is not between the years 1 and 9999.</summary>
    public DateTimeOffset? ModificationTime => Time(MtimeSec, MtimeNsec);

    /// <summary>When its contents or attributes were last changed, in UTC, to 100 ns;
    /// null if that is not between the years 1 and 9999.</summary>
    public DateTimeOffset? ChangeTime => Time(CtimeSec, CtimeNsec);

    // A damaged filesystem has any number, and printing a record must not throw.
    private static DateTimeOffset? Time(long seconds, long nanoseconds)
    {
        const long MinSeconds = -62_135_596_800, MaxSeconds = 253_402_300_799, NanosecondsPerSecond = 1_000_000_000;
        return seconds is >= MinSeconds and <= MaxSeconds && nanoseconds is >= 0 and < NanosecondsPerSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : null;
    }
}
