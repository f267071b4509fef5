// Lines are searched on the host: the appliance's grep is a program to start for each file, answers with all lines in one message of at
// most 4 MiB, and does not tell their numbers.
using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Finds lines in files of the guest: grep's job.</summary>
internal static class GrepCommand
{
    // As much as grep looks at to tell texts from other files.
    private const int Head = 32 << 10;

    // Longer lines are searched in parts of that many bytes.
    private const int MaxLine = 8 << 20;

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(10);

    private static readonly Argument<string> Pattern = new("pattern")
    {
        Description = "An extended regular expression, as grep -E takes it, or with -F a text.",
    };

    private static readonly Flag Fixed = new("-F", "--fixed-strings") { Description = "The pattern is a text." };

    private static readonly Flag IgnoreCase = new("--ignore-case", "-i") { Description = "Capital letters match small ones." };

    private static readonly Flag Invert = new("--invert-match") { Description = "Lines that do not match." };

    private static readonly Flag Names = new("-l", "--files-with-matches") { Description = "Names of files alone." };

    private static readonly Flag Numbers = new("-n", "--line-number") { Description = "The number of each line before it." };

    private static readonly Flag Text = new("--text") { Description = "Lines of files that are no texts, too." };

    internal static Command Create() => GuestCommand.Create(
        "grep", "Finds lines in files of the guest.", "path...", least: 1,
        [
            Fixed, IgnoreCase, Invert, Names, Numbers, Text, FileOptions.Recursive, FileOptions.Zero,
        ],
        writes: false, RunAsync, first: Pattern);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        Func<string, bool> matches = Matcher(result);
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new(result.GetValue(FileOptions.Zero));
        using ProgressBar bar = new();
        JsonRecords? json = JsonRecords.Of(result, output, "matches");
        Search search = new(output, matches, result.GetValue(Names), result.GetValue(Numbers), json, bar)
        {
            NamesFiles = paths.Length > 1 || result.GetValue(FileOptions.Recursive),
            ReadsAll = result.GetValue(Text),
        };
        bool isRecursive = result.GetValue(FileOptions.Recursive), hasFound = false;
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, top =>
            {
                if (!isRecursive && g.IsDir(top, new IsDirOptions { FollowSymlinks = true }))
                {
                    string text = $"{top} is a directory: give --recursive to search in all files below.";
                    if (paths.Length == 1)
                    {
                        throw new UsageException(text);
                    }

                    session.Leave(text);
                    return;
                }

                foreach (GuestEntry file in GuestTree.Files(session, top, cancellationToken))
                {
                    try
                    {
                        hasFound |= search.In(g, file, cancellationToken);
                    }
                    catch (GuestfsException e) when (g.State == GuestfsState.Ready)
                    {
                        session.Leave(e.Message, e);
                    }
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();
        if (!hasFound)
        {
            session.FoundNothing();
        }
    }

    private static Func<string, bool> Matcher(ParseResult result)
    {
        string pattern = result.GetValue(Pattern)!;
        bool inverts = result.GetValue(Invert), ignoresCase = result.GetValue(IgnoreCase);
        if (result.GetValue(Fixed))
        {
            StringComparison comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
            return line => line.Contains(pattern, comparison) != inverts;
        }

        try
        {
            Regex regex = new(
                ExtendedExpression.Translate(pattern),
                RegexOptions.CultureInvariant | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None),
                MatchTimeout);
            return line => regex.IsMatch(line) != inverts;
        }
        catch (RegexParseException e)
        {
            throw new UsageException($"The pattern is no regular expression: {e.Message} Give -F if it is a text.");
        }
    }

    private sealed class Search(
        TextOutput output, Func<string, bool> matches, bool namesOnly, bool numbers, JsonRecords? json, ProgressBar bar)
    {
        internal bool NamesFiles { get; init; }

        internal bool ReadsAll { get; init; }

        /// <summary>Searches a file; true where a line was found.</summary>
        internal bool In(GuestfsHandle g, GuestEntry file, CancellationToken cancellationToken)
        {
            using MemoryStream rest = new();
            long number = 0;
            bool isFirst = true, isBinary = false, hasFound = false;
            try
            {
                GuestContents.Read(
                    g,
                    file.Path,
                    0,
                    bytes =>
                    {
                        isBinary |= isFirst && !ReadsAll && bytes[..Math.Min(bytes.Length, Head)].Contains((byte)0);
                        isFirst = false;
                        while (!bytes.IsEmpty)
                        {
                            int end = bytes.IndexOf((byte)'\n');
                            rest.Write(end < 0 ? bytes : bytes[..end]);
                            bytes = end < 0 ? [] : bytes[(end + 1)..];
                            if (end >= 0 || rest.Length > MaxLine)
                            {
                                TakeLine();
                            }
                        }
                    },
                    bar,
                    cancellationToken);
                if (rest.Length > 0)
                {
                    TakeLine();
                }
            }
            catch (EnoughException)
            {
            }
            catch (RegexMatchTimeoutException)
            {
                throw new UsageException($"The pattern takes too long on a line of {file.Path}. Give a simpler one.");
            }

            if (hasFound && namesOnly && json is null)
            {
                output.WriteFields(file.Path);
            }
            else if (hasFound && namesOnly)
            {
                FileFacts.Write(json!, file, null);
            }
            else if (hasFound && isBinary)
            {
                Messages.Remark($"{file.Path} is no text, and matches. Give --text to see the lines.");
            }

            return hasFound;

            void TakeLine()
            {
                string line = LosslessUtf8.GetString(rest.GetBuffer().AsSpan(0, (int)rest.Length));
                rest.SetLength(0);
                number++;
                if (!matches(line))
                {
                    return;
                }

                hasFound = true;
                if (namesOnly || isBinary)
                {
                    throw new EnoughException();
                }

                Write(file.Path, number, line);
            }
        }

        private void Write(string path, long number, string line)
        {
            if (json is not null)
            {
                json.Add(writer =>
                {
                    writer.WriteName("path", path);
                    writer.WriteNumber("line", number);
                    writer.WriteName("text", line);
                });
                return;
            }

            StringBuilder text = new();
            string separator = TextOutput.IsTerminal ? ":" : "\t";
            if (NamesFiles)
            {
                text.Append(TextOutput.IsTerminal ? path : EscapedText.Of(path)).Append(separator);
            }

            if (numbers)
            {
                text.Append(number).Append(separator);
            }

            // As it is: nothing comes after it.
            output.WriteText(text.Append(line).ToString());
        }
    }

    /// <summary>Nothing more is wanted of a file.</summary>
    private sealed class EnoughException : Exception;
}
