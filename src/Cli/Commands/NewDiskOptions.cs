using System.CommandLine;

namespace Guestfs.Cli.Commands;

/// <summary>Options of the commands that make disks, or make them anew.</summary>
internal static class NewDiskOptions
{
    internal static readonly Option<string?> Filesystem = new("--filesystem")
    {
        HelpName = "type",
        Description = "The type of the filesystem: ext4, ext3, ext2, xfs, btrfs, vfat, ntfs, or what else the appliance can.",
    };

    internal static readonly Option<string?> Label = new("--label") { HelpName = "name", Description = "The label of the filesystem." };

    internal static readonly Option<string?> Partition = CommandLine.Choice(
        "--partition", "A table with one partition, in which the filesystem is.", "none", "gpt", "mbr");

    internal static readonly Option<string?> OutputFormat = CommandLine.Choice(
        "--output-format", "The format of the new image. Default: what its name says, else that of what it is a copy of.", "raw", "qcow2");

    internal static readonly Flag Force = new("--force") { Description = "Replace a file that is there already." };

    /// <summary>The table that is wanted; null for none.</summary>
    internal static string? TableOf(ParseResult result) => result.GetValue(Partition) is "none" or null ? null : result.GetValue(Partition);
}
