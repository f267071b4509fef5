using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Layout;

/// <summary>What is shown of disks besides a table: a bar on a terminal, and a picture in a file that an option names.</summary>
internal static class DiskPictures
{
    /// <summary>The option.</summary>
    internal static readonly Option<string?> Svg = new("--svg") { HelpName = "file", Description = "Write a picture into this file, too." };

    /// <summary>Whether bars are shown.</summary>
    internal static bool AreShown(ParseResult result) => TextOutput.IsTerminal && !result.IsJson();

    /// <summary>The file that a picture is asked for in; null where none is.</summary>
    internal static string? FileOf(ParseResult result, GuestSession session)
    {
        string? picture = result.GetValue(Svg) is { } named ? ProcessInput.FullPath(named) : null;
        return picture is not null && session.DiskFiles.Any(disk => IsSame(disk, picture))
            ? throw new UsageException($"{picture} is one of the disks: the picture would take its place.")
            : picture;
    }

    /// <summary>Reads how all disks are divided, and makes the pictures that are wanted.</summary>
    internal static async Task<DiskLayout[]> ShowAsync(
        ParseResult result, GuestSession session, TextOutput output, string? file, CancellationToken cancellationToken)
    {
        DiskLayout[] disks = await session.Guestfs.RunAsync(
            g =>
            {
                IReadOnlyDictionary<string, string> filesystems = g.ListFilesystems();
                Dictionary<(string, int), string> partitions =
                    g.ListPartitions().ToDictionary(partition => (g.PartToDev(partition), g.PartToPartnum(partition)));
                return g.ListDevices().Select(device => DiskLayout.Read(g, device, partitions, filesystems)).ToArray();
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (file is not null)
        {
            await HostOutput.WriteAsync(file, stream => stream.WriteAsync(LayoutPicture.Svg(disks), cancellationToken).AsTask())
                .ConfigureAwait(false);
        }

        Array.ForEach(AreShown(result) ? disks : [], disk => LayoutPicture.Write(output, disk));
        return disks;
    }

    // By whatever name.
    private static bool IsSame(string disk, string file) =>
        HostCalls.Status(disk, followLink: true, out statx one) == 0 && HostCalls.Status(file, followLink: true, out statx other) == 0
        && (one.stx_ino, one.stx_dev_major, one.stx_dev_minor) == (other.stx_ino, other.stx_dev_major, other.stx_dev_minor);
}
