using System.CommandLine;

namespace Guestfs.Cli.Commands;

/// <summary>Options of the commands that write a table.</summary>
internal static class TableOptions
{
    internal static readonly Flag Human = new("-h", "--human-readable")
    {
        Description = "Sizes such as 1.5K in a pipe, too; otherwise they are bytes there.",
    };
}
