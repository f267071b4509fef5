using System.CommandLine;
using System.CommandLine.Parsing;

using Guestfs.Cli.Help;

namespace Guestfs.Cli.Output;

/// <summary>How commands write, which is said to all of them with the same options.</summary>
internal static class OutputOptions
{
    internal static readonly Flag Json = new("--json")
    {
        Description = "What is written as a JSON document, and errors as JSON objects.", Recursive = true,
    };

    internal static readonly Flag JsonLines = new("--jsonl")
    {
        Description = "The same with a JSON object in each line.", Recursive = true,
    };

    internal static readonly Flag Quiet = new("--quiet", "-q")
    {
        Description = "Errors only: no warnings, and no progress.", Recursive = true,
    };

    internal static readonly Flag NoProgress = new("--no-progress")
    {
        Description = "Show no progress, which is shown on a terminal of what takes longer than two seconds.", Recursive = true,
    };

    /// <summary>Adds them for all commands.</summary>
    internal static void AddTo(RootCommand root)
    {
        HelpPage.Group(OptionGroup.Output, Json, JsonLines, Quiet, NoProgress);
        root.Add(Json);
        root.Add(JsonLines);
        root.Add(Quiet);
        root.Add(NoProgress);
    }

    /// <summary>Whether JSON is wanted, in either form.</summary>
    internal static bool IsJson(this ParseResult result) => result.CommandResult.IsJson();

    /// <inheritdoc cref="IsJson(ParseResult)"/>
    internal static bool IsJson(this CommandResult result) => result.GetValue(Json) || result.GetValue(JsonLines);
}
