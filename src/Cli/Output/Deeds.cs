using System.CommandLine;

using Guestfs.Cli.Commands;

namespace Guestfs.Cli.Output;

/// <summary>What a command does, or with --dry-run would do: a line of fields for each thing, or an object.</summary>
/// <param name="output">Where they go.</param>
/// <param name="result">The options, which say how they are written.</param>
/// <param name="names">What the fields are called in JSON.</param>
internal sealed class Deeds(TextOutput output, ParseResult result, params string[] names)
{
    private readonly JsonRecords? json = JsonRecords.Of(result, output, "changes");

    /// <summary>Those of --dry-run; null where things are done.</summary>
    internal static Deeds? OfDryRun(TextOutput output, ParseResult result, params string[] names) =>
        result.GetValue(GuestCommand.DryRun) ? new(output, result, names) : null;

    /// <summary>Tells one; fields at the end that it does not have are left out.</summary>
    internal void Tell(params string[] fields)
    {
        if (json is null)
        {
            output.WriteFields(fields);
            return;
        }

        json.Add(writer =>
        {
            for (int i = 0; i < fields.Length; i++)
            {
                writer.WriteName(names[i], fields[i]);
            }
        });
    }

    /// <summary>Ends them.</summary>
    internal void End() => json?.End();
}
