// Appliances that are shut down, killed and used from several threads.
using System.Diagnostics;
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Session;

public sealed class LifeTests : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_verbose_appliance_talks_and_a_shut_down_one_is_gone_with_everything_written()
    {
        string image = NewImage("disk");
        using GuestfsHandle g = NewHandle.ForAppliance();
        StringBuilder console = new();
        StringBuilder library = new();
        StringBuilder trace = new();
        List<string> order = [];
        g.ConsoleOutputReceived += (_, e) => console.Append(e.Text);
        g.LibraryMessageReceived += (_, e) => library.Append(e.Text);
        g.TraceMessageReceived += (_, e) => trace.Append(e.Text).Append('\n');
        g.Launched += (_, _) => order.Add("launched");
        g.ApplianceExited += (_, _) => order.Add("quit");
        g.Closed += (_, _) => order.Add("closed");
        g.SetVerbose(true);
        g.SetTrace(true);
        g.AddDrive(image, new AddDriveOptions { Format = "raw" });
        g.Launch();
        Assert.Equal(GuestfsState.Ready, g.State);
        Assert.Equal(["launched"], order);

        // The kernel's first line and the daemon's own, and what libguestfs did.
        Assert.Contains($"Linux version {g.Debug("sh", ["uname -r"]).Trim()} ", console.ToString(), StringComparison.Ordinal);
        Assert.Contains("guestfsd", console.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            $"version={Command.Run("guestfish", "--version").Trim().Split(' ')[1]}", library.ToString(), StringComparison.Ordinal);
        g.SetTrace(false);
        Assert.Contains("launch = 0\n", trace.ToString(), StringComparison.Ordinal);
        Assert.Contains($"add_drive \"{image}\" \"format:raw\"", trace.ToString(), StringComparison.Ordinal);

        // Not unmounted, not synchronised: shutdown does both.
        g.Mkfs("ext4", "/dev/sda");
        g.Mount("/dev/sda", "/");
        g.Write("/file", "written"u8);
        int process = g.GetPid();
        Assert.Contains("qemu", File.ReadAllText($"/proc/{process}/cmdline"), StringComparison.Ordinal);
        g.Shutdown();
        Assert.False(Directory.Exists($"/proc/{process}"));

        // The event tells of a death, not of a shutdown.
        Assert.Equal(["launched"], order);
        ExtJudge.Check(image);
        Assert.Equal("written", ExtJudge.Debugfs(image, "cat /file"));

        GuestfsStateException error = Assert.Throws<GuestfsStateException>(() => g.Ls("/"));
        Assert.Equal(("ls", GuestfsState.Config), (error.Operation, error.State));
        Assert.Throws<GuestfsStateException>(g.Launch);
        g.Dispose();
        Assert.Equal(["launched", "closed"], order);
    }

    [Fact]
    public void Two_appliances_work_side_by_side_and_one_survives_the_others_death()
    {
        using GuestfsHandle survivor = Started("survivor");
        using GuestfsHandle victim = Started("victim");

        // Both at once, each from a thread of its own, and each from a second one as well.
        Exception?[] failures = InThreads(
            () => Work(survivor, "a"),
            () => Work(victim, "b"),
            () => Work(survivor, "c"),
            () => Work(victim, "d"));
        Assert.All(failures, Assert.Null);

        int quits = 0;
        victim.ApplianceExited += (_, _) =>
        {
            quits++;
            throw new InvalidTimeZoneException("from the handler");
        };
        int survivorQuits = 0;
        survivor.ApplianceExited += (_, _) => survivorQuits++;
        using (Process qemu = Process.GetProcessById(victim.GetPid()))
        {
            qemu.Kill();
        }

        // The handler's exception, in place of the one for the death.
        Assert.Throws<InvalidTimeZoneException>(() => victim.Ls("/"));
        Assert.Equal(1, quits);
        Assert.Equal(GuestfsState.Config, victim.State);
        Assert.Throws<GuestfsStateException>(() => victim.Ls("/"));
        victim.Dispose();
        Assert.Equal(0, survivorQuits);

        // What is written out survives an end without notice.
        survivor.Write("/after", "still here"u8);
        survivor.Umount("/");
        survivor.Sync();
        survivor.KillSubprocess();
        Assert.Equal((0, GuestfsState.Config), (survivorQuits, survivor.State));
        string image = directory.File("survivor");
        ExtJudge.Check(image);
        Assert.Equal("still here", ExtJudge.Debugfs(image, "cat /after"));
        foreach (string name in (string[])["a", "c"])
        {
            Assert.Equal(Enumerable.Range(0, 15).Select(i => $"{name}{i}"), Names(ExtJudge.Debugfs(image, $"ls -p /{name}")));
            Assert.Equal(Content(name, 14), ExtJudge.Debugfs(image, $"cat /{name}/{name}14"));
        }

        static IEnumerable<string> Names(string listing) => listing
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('/')[5])
            .Where(n => n is not "." and not "..")
            .OrderBy(n => int.Parse(n[1..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private GuestfsHandle Started(string name)
    {
        GuestfsHandle g = NewHandle.ForAppliance();
        g.AddDrive(NewImage(name), new AddDriveOptions { Format = "raw" });
        g.Launch();
        g.Mkfs("ext4", "/dev/sda");
        g.Mount("/dev/sda", "/");
        return g;
    }

    // ApplianceAnswers and errors of one thread must not reach the other.
    private static void Work(GuestfsHandle g, string name)
    {
        g.Mkdir("/" + name);
        for (int i = 0; i < 15; i++)
        {
            string file = $"/{name}/{name}{i}";
            g.Write(file, Encoding.ASCII.GetBytes(Content(name, i)));
            Assert.Equal(Content(name, i), g.Cat(file));
            GuestfsException error = Assert.Throws<GuestfsException>(() => g.Rmdir(file));
            Assert.Equal(("rmdir", 20), (error.Operation, error.Errno));
            Assert.Contains(file, error.Message, StringComparison.Ordinal);
        }
    }

    private static string Content(string name, int i) => string.Concat(Enumerable.Repeat($"{name} {i};", 500));

    private static Exception?[] InThreads(params Action[] actions)
    {
        Exception?[] failures = new Exception?[actions.Length];
        Thread[] threads = [.. actions.Select((action, i) => new Thread(() => failures[i] = Record.Exception(action)))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return failures;
    }

    private string NewImage(string name)
    {
        string image = directory.File(name);
        using FileStream file = File.Create(image);
        file.SetLength(64 << 20);
        return image;
    }
}
