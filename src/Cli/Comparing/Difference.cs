using System.Text.Json;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Comparing;

/// <summary>A file that is not the same in both guests.</summary>
/// <param name="Old">As the first has it; null where it is not there.</param>
/// <param name="Later">As the second has it; null where it is not there.</param>
/// <param name="What">What is different, where both have it.</param>
internal sealed record Difference(GuestEntry? Old, GuestEntry? Later, IReadOnlyList<string> What)
{
    /// <summary>Tells it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="json">The same as JSON; null where that is not wanted.</param>
    /// <param name="lines">What is different in its text; null where nobody asks, or where it is none.</param>
    internal void Write(TextOutput output, JsonRecords? json, IReadOnlyList<string>? lines)
    {
        GuestEntry entry = (Later ?? Old)!;
        string change = Old is null ? "added" : Later is null ? "removed" : "changed";
        if (json is not null)
        {
            json.Add(writer =>
            {
                writer.WriteString("change", change);
                writer.WriteName("path", entry.Path);
                writer.WriteStartArray("what");
                foreach (string what in What)
                {
                    writer.WriteStringValue(what);
                }

                writer.WriteEndArray();
                Write(writer, "first", Old);
                Write(writer, "second", Later);
                if (lines is not null)
                {
                    Write(writer, lines);
                }
            });
        }
        else if (!TextOutput.IsTerminal)
        {
            output.WriteFields(change, entry.Path, string.Join(',', What));
            foreach (string line in lines ?? [])
            {
                output.WriteFields("line", entry.Path, line);
            }
        }
        else
        {
            (string sign, Tint tint) = change switch
            {
                "added" => ("+", Tint.Green), "removed" => ("-", Tint.Red), _ => ("~", Tint.Yellow),
            };
            string what = What.Count > 0 ? $"  ({string.Join(", ", What)})" : "";
            output.WritePieces(
                ($"{sign} {entry.Permissions} {HumanSize.Of(entry.Status.Size),5} ", tint), (entry.Path, Tint.Plain), (what, Tint.Dim));
            foreach (string line in lines ?? [])
            {
                output.WritePieces(("    ", Tint.Plain), (line, line.FirstOrDefault() switch
                {
                    '+' => Tint.Green, '-' => Tint.Red, '@' => Tint.Dim, _ => Tint.Plain,
                }));
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> lines)
    {
        writer.WriteStartArray("lines");
        foreach (string line in lines)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        if (lines.Any(JsonOutput.HasOtherBytes))
        {
            writer.WriteBase64String("linesBytes", LosslessUtf8.GetBytes(string.Join('\n', lines)));
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, GuestEntry? entry)
    {
        if (entry is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("type", entry.TypeName);
        writer.WriteString("mode", entry.Mode);
        writer.WriteNumber("uid", entry.Status.Uid);
        writer.WriteNumber("gid", entry.Status.Gid);
        writer.WriteNumber("size", entry.Status.Size);
        writer.WriteString("modified", FileFacts.Time(entry.Status.MtimeSec, entry.Status.MtimeNsec));
        writer.WriteEndObject();
    }
}
