// Launches in a process of its own: what they print, and what PID 1 does to them.
using System.Diagnostics;

namespace Guestfs.Tests.Child;

internal static class LaunchScenarios
{
    private const int Tries = 200;

    internal static void Launch(GuestfsHandle handle)
    {
        handle.AddDrive("/dev/null", new AddDriveOptions { ReadOnly = true, Format = "raw" });
        handle.Launch();
    }

    /// <summary>Launches what cannot come up, and tells what its qemu was kept from.</summary>
    internal static void TellConfinement(GuestfsHandle handle)
    {
        try
        {
            Launch(handle);
        }
        catch (GuestfsLaunchException)
        {
            Console.WriteLine($"{handle.ConfinementChoice!.Confinement}: {handle.ConfinementChoice.Reason}");
        }
    }

    /// <summary>Launches once, in vain, then has libguestfs run programs until a call fails.</summary>
    internal static void PidOne(bool useProcess, string file)
    {
        Console.WriteLine($"PID {Environment.ProcessId}");
        if (useProcess)
        {
            using Process process = Process.Start("/bin/true");
            process.WaitForExit();
        }

        Scenarios.Report(Launch, default);
        using GuestfsHandle handle = new();
        for (int i = 0; i < Tries; i++)
        {
            try
            {
                handle.DiskCreate(file, "qcow2", 1 << 20);
            }
            catch (GuestfsException e)
            {
                Console.WriteLine(e.Message.Contains("docker run --init", StringComparison.Ordinal) ? "explained" : e.Message);
                return;
            }
        }

        Console.WriteLine("no failure");
    }
}
