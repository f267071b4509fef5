using System.Globalization;
using System.Text.Json;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Output;

/// <summary>What is shown of a file of the guest, by all commands alike.</summary>
internal static class FileFacts
{
    /// <summary>Type and permissions, owner, group, size, time of modification, name, and where a link leads.</summary>
    internal static string[] Fields(GuestEntry entry, string? target, bool isHuman)
    {
        StatNs status = entry.Status;
        string time = GuestEntry.Time(status.MtimeSec, status.MtimeNsec).ToString(
            TextOutput.IsTerminal ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string[] fields =
        [
            entry.Permissions, Number(status.Uid), Number(status.Gid),
            entry.Type is 'b' or 'c' ? entry.Device : isHuman ? HumanSize.Of(status.Size) : Number(status.Size),
            time, entry.Shown,
        ];
        return target is null ? fields : [.. fields, target];
    }

    /// <summary>Writes the facts of a file as an object of JSON.</summary>
    internal static void Write(JsonRecords json, GuestEntry entry, string? target, Action<Utf8JsonWriter>? more = null) => json.Add(
        writer =>
        {
            StatNs status = entry.Status;
            writer.WriteName("path", entry.Path);
            writer.WriteString("type", entry.TypeName);
            writer.WriteString("mode", entry.Mode);
            writer.WriteNumber("uid", status.Uid);
            writer.WriteNumber("gid", status.Gid);
            writer.WriteNumber("size", status.Size);
            writer.WriteNumber("links", status.Nlink);
            writer.WriteNumber("inode", status.Ino);
            writer.WriteString("modified", Time(status.MtimeSec, status.MtimeNsec));
            if (target is not null)
            {
                writer.WriteName("target", target);
            }

            more?.Invoke(writer);
        });

    /// <summary>A time as JSON and pipes have it: UTC, with all that .NET keeps of the fraction of a second.</summary>
    internal static string Time(long seconds, long nanoseconds) => GuestEntry.Time(seconds, nanoseconds)
        .ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
