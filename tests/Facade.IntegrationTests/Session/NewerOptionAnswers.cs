// A program that calls functions with options that are newer than libguestfs 1.48, and keeps the answers.
using System.Text;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

namespace Guestfs.IntegrationTests.Session;

/// <summary>Calls functions with the options that are newer than libguestfs 1.48, and keeps the answers.</summary>
public sealed class NewerOptionAnswers : IDisposable
{
    private readonly List<string> lines = [];

    /// <summary>Calls them.</summary>
    public NewerOptionAnswers()
    {
        using GuestfsHandle g = NewHandle.ForAppliance();
        foreach (string image in Disks.Images)
        {
            g.AddDrive(image, new() { Format = "raw" });
        }

        g.Launch();
        Ask("cryptsetup_open.cipher", () =>
        {
            g.CryptsetupOpen("/dev/sda", NewerOptions.Key, "plain", new() { CryptType = "plain", Cipher = NewerOptions.Cipher });
            g.PwriteDevice("/dev/mapper/plain", Encoding.ASCII.GetBytes(NewerOptions.Secret), 0);
            g.CryptsetupClose("/dev/mapper/plain");
        });
        Ask("e2fsck.forceno", () => g.E2fsck("/dev/sdb", new() { ForceNo = true }));
        g.Mount("/dev/sdc", "/");
        Ask("tar_in.keepdirlink", () => g.TarIn(Disks.Archive, "/", new() { KeepDirLink = true }));
        g.Shutdown();
    }

    internal NewerOptions Disks { get; } = new();

    internal IReadOnlyList<string> Lines => lines;

    /// <inheritdoc/>
    public void Dispose() => Disks.Dispose();

    private void Ask(string option, Action call)
    {
        try
        {
            call();
            lines.Add($"{option}: done");
        }
        catch (GuestfsException e)
        {
            lines.Add($"{option}: error: {e.Message}");
        }
    }
}
