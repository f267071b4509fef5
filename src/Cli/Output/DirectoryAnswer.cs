using System.CommandLine;

namespace Guestfs.Cli.Output;

/// <summary>The answer of commands that have made or found a directory of this host: a line, or an object.</summary>
internal static class DirectoryAnswer
{
    /// <summary>Writes it.</summary>
    internal static void Write(ParseResult result, string directory)
    {
        using TextOutput output = new();
        if (!result.IsJson())
        {
            output.WriteText(directory);
            return;
        }

        JsonOutput.WriteDocument(output.Stream, writer =>
        {
            writer.WriteStartObject();
            writer.WriteName("directory", directory);
            writer.WriteEndObject();
        });
    }
}
