// Many handles, one after another, each with one asynchronous call, and what the process has before and after.
using Guestfs.TestSupport;

namespace Guestfs.Tests.Child;

internal static class HandleLifetimes
{
    /// <summary>Prints how many descriptors, threads, children and bytes in use more there are after the handles.</summary>
    /// <param name="count">How many handles.</param>
    /// <param name="end">How they end: 'dispose', 'drop' (the garbage collector closes them), or 'keep' (they do not).</param>
    internal static void Run(int count, string end)
    {
        List<GuestfsHandle> kept = [];
        Live(50, "dispose", kept);

        // The threads of handles wait for a moment for others.
        while (HasIdleThreads())
        {
            Thread.Sleep(50);
        }

        ProcessResources before = ProcessResources.Now();
        Live(count, end, kept);
        ProcessResources after = ProcessResources.After(before);
        Console.WriteLine($"{after.Descriptors - before.Descriptors} {after.Threads - before.Threads} {after.Children - before.Children} "
            + $"{after.Memory - before.Memory}");
        GC.KeepAlive(kept);
    }

    private static bool HasIdleThreads()
    {
        try
        {
            return Directory.GetDirectories("/proc/self/task").Any(
                thread => File.ReadAllText(Path.Combine(thread, "comm")) == "guestfs handle\n");
        }
        catch (IOException)
        {
            // One has just ended.
            return true;
        }
    }

    private static void Live(int count, string end, List<GuestfsHandle> kept)
    {
        for (int i = 0; i < count; i++)
        {
            GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
            handle.RunAsync(h => h.GetMemsize()).GetAwaiter().GetResult();
            switch (end)
            {
                case "dispose":
                    handle.Dispose();
                    break;
                case "drop" when i % 1000 == 999:
                    // Each has a thread, of which a system has some ten thousand; the collector knows nothing of that.
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                    break;
                case "keep":
                    kept.Add(handle);
                    break;
                default:
                    break;
            }
        }
    }
}
