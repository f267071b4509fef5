// What is told on standard error, by all commands alike: lines for people, or with --json and --jsonl objects, each in a line.
using Guestfs.Cli.Output;

namespace Guestfs.Cli;

/// <summary>Tells the user of something.</summary>
internal static class Messages
{
    /// <summary>Whether they are JSON: where the command's output is.</summary>
    internal static bool AreJson { get; set; }

    /// <summary>Whether only errors are told.</summary>
    internal static bool AreErrorsOnly { get; set; }

    /// <summary>Tells of something that may not be as it should.</summary>
    internal static void Warn(string text) => Remark($"warning: {text}", text);

    /// <summary>Tells of something that is as it should be.</summary>
    internal static void Remark(string text) => Remark(text, text);

    /// <summary>Tells of an error.</summary>
    /// <param name="message">What is told.</param>
    /// <param name="exitCode">What the command ends with for its sake.</param>
    /// <param name="exception">What else is known of it.</param>
    /// <param name="program">The name of the program.</param>
    internal static void Error(string message, int exitCode, Exception? exception = null, string program = "gfs")
    {
        if (AreJson)
        {
            StandardStreams.Report(JsonOutput.Error(exception, message, exitCode));
        }
        else
        {
            StandardStreams.Tell($"{program}: {message}");
        }
    }

    private static void Remark(string line, string text)
    {
        if (AreErrorsOnly)
        {
            return;
        }

        if (AreJson)
        {
            StandardStreams.Report(JsonOutput.Warning(text));
        }
        else
        {
            StandardStreams.Tell($"gfs: {line}");
        }
    }
}
