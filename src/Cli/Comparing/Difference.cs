using System.Text.Json;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;

namespace Guestfs.Cli.Comparing;

/// <summary>A file that is not the same in both guests.</summary>
/// <param name="Old">As the first has it; null where it is not there.</param>
/// <param name="Later">As the second has it; null where it is not there.</param>
/// <param name="What">What is different, where both have it.</param>
internal sealed record Difference(GuestEntry? Old, GuestEntry? Later, IReadOnlyList<string> What)
{
    internal void Write(TextOutput output, JsonRecords? json)
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
            });
        }
        else if (!TextOutput.IsTerminal)
        {
            output.WriteFields(change, entry.Path, string.Join(',', What));
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
