// Launches in a row leave nothing behind. The kernel's account of the process, in /proc, and that of C's heap are the judges.
using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

public sealed class LeakTests
{
    private const long MemoryOfALaunch = 2 << 20;

    [Fact]
    public void Launches_in_a_row_disposed_or_not_leave_no_descriptor_thread_process_or_memory()
    {
        int launches = Soak.Rounds(2, 50);
        using TempDirectory directory = new();
        using RecordingLogs logs = new(LogLevel.Warning);
        ProcessResources? before = null;
        for (int i = 0; i < launches; i++)
        {
            // The second is dropped: the garbage collector ends its qemu.
            bool dispose = i % 2 == 0;
            int warned = logs.Texts("Guestfs").Count;
            int qemu = 0;
            Thread thread = new(() => qemu = Launch(directory.File($"disk{i}"), logs, dispose));
            thread.Start();
            thread.Join();
            for (int tries = 0; tries < 20 && Directory.Exists($"/proc/{qemu}"); tries++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.NotEqual(0, qemu);
            Assert.False(Directory.Exists($"/proc/{qemu}"), "qemu lives on");
            Assert.Equal(dispose ? warned : warned + 1, logs.Texts("Guestfs").Count);

            // What the first launch leaves is for all: the runtime's own caches and threads.
            before ??= ProcessResources.Now();
        }

        ProcessResources after = ProcessResources.After(before!);
        Assert.True(after.Descriptors <= before!.Descriptors, string.Join('\n', after.Files));
        Assert.Equal(before.Children, after.Children);
        Assert.InRange(after.Threads, 1, before.Threads + 4);
        Assert.InRange(after.Memory - before.Memory, long.MinValue, (8 << 20) + (MemoryOfALaunch * (launches / 10)));
        Assert.Equal(0, Processes.Zombies());
    }

    // In a thread of its own: no reference to the handle is left behind on the stack.
    private static int Launch(string disk, RecordingLogs logs, bool dispose)
    {
        using (FileStream image = File.Create(disk))
        {
            image.SetLength(1 << 20);
        }

        GuestfsHandle handle = NewHandle.ForAppliance(new GuestfsHandleOptions { LoggerFactory = logs });
        handle.AddDrive(disk, new AddDriveOptions { Format = "raw" });
        handle.LaunchAsync().GetAwaiter().GetResult();
        int qemu = handle.GetPid();
        if (dispose)
        {
            handle.Dispose();
        }

        return qemu;
    }
}
