namespace Guestfs.Extensions.Hosting;

/// <summary>How many appliances fit.</summary>
internal static class Capacity
{
    /// <summary>What an appliance takes of the host's memory, in MiB.</summary>
    internal static long Megabytes(GuestfsOptions options) => (long)options.ApplianceMemoryMegabytes + GuestfsOptions.QemuMegabytes;

    /// <summary>How many appliances may run at a time: at least one, by the limits that nobody has set.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="hostMegabytes">The memory that the process may have.</param>
    /// <param name="hostProcessors">The processors that it may have.</param>
    internal static int Of(GuestfsOptions options, long hostMegabytes, int hostProcessors)
    {
        long byMemory = (options.MaxMemoryMegabytes ?? hostMegabytes / 2) / Megabytes(options);
        int byProcessors = (options.MaxProcessors ?? hostProcessors) / options.ApplianceProcessors;
        long limit = Math.Min(Math.Min(byMemory, byProcessors), options.MaxAppliances ?? int.MaxValue);
        return (int)Math.Clamp(limit, 1, int.MaxValue);
    }

    /// <summary>The same on this host, in this container.</summary>
    internal static int OfThisHost(GuestfsOptions options) =>
        Of(options, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20, Environment.ProcessorCount);
}
