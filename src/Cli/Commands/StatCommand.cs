using System.CommandLine;
using System.Text.Json;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Tells all that filesystems say of files.</summary>
internal static class StatCommand
{
    private static readonly Flag Follow = new("-L", "--dereference") { Description = "What links lead to, in place of the links." };

    internal static Command Create() => GuestCommand.Create(
        "stat", "Tells all that the guest's filesystem says of files, extended attributes too.", "path...", least: 1,
        [Follow], writes: false, RunAsync);

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new();
        JsonRecords? json = JsonRecords.Of(result, output, "entries");
        await session.Guestfs.RunAsync(
            g => session.ForEach(paths, path =>
            {
                GuestEntry entry = GuestEntry.At(g, path);
                if (result.GetValue(Follow))
                {
                    entry = entry with { Status = g.Statns(path) };
                }

                string? target = entry.Type == 'l' ? g.Readlink(path) : null;
                Xattr[] attributes = Attributes(g, path, result.GetValue(Follow));
                if (json is not null)
                {
                    FileFacts.Write(json, entry, target, writer => WriteMore(writer, entry.Status, attributes));
                }
                else
                {
                    Write(output, path, Facts(entry, target, attributes));
                }
            }),
            cancellationToken: cancellationToken).ConfigureAwait(false);
        json?.End();
    }

    private static Xattr[] Attributes(GuestfsHandle g, string path, bool follow)
    {
        try
        {
            return follow ? g.Getxattrs(path) : g.Lgetxattrs(path);
        }
        catch (GuestfsException e) when (e.Errno is Libc.ENOTSUP)
        {
            // This filesystem has none.
            return [];
        }
    }

    private static List<(string Name, string[] Values)> Facts(GuestEntry entry, string? target, Xattr[] attributes)
    {
        StatNs status = entry.Status;
        List<(string, string[])> facts =
        [
            ("type", [entry.TypeName]),
            ("mode", [entry.Mode]),
            ("permissions", [entry.Permissions]),
            ("uid", [FileFacts.Number(status.Uid)]),
            ("gid", [FileFacts.Number(status.Gid)]),
            ("size", [FileFacts.Number(status.Size)]),
            ("allocated", [FileFacts.Number(status.Blocks * 512)]),
            ("links", [FileFacts.Number(status.Nlink)]),
            ("inode", [FileFacts.Number(status.Ino)]),
            ("accessed", [FileFacts.Time(status.AtimeSec, status.AtimeNsec)]),
            ("modified", [FileFacts.Time(status.MtimeSec, status.MtimeNsec)]),
            ("changed", [FileFacts.Time(status.CtimeSec, status.CtimeNsec)]),
        ];
        if (entry.Type is 'b' or 'c')
        {
            facts.Add(("device", [entry.Device]));
        }

        if (target is not null)
        {
            facts.Add(("target", [target]));
        }

        facts.AddRange(attributes.Select(attribute => ("xattr", (string[])[attribute.Name, LosslessUtf8.GetString(attribute.Val)])));
        return facts;
    }

    // For people a block for each file; for programs each fact in a line, after the path.
    private static void Write(TextOutput output, string path, List<(string Name, string[] Values)> facts)
    {
        if (!TextOutput.IsTerminal)
        {
            facts.ForEach(fact => output.WriteFields([path, fact.Name, .. fact.Values]));
            return;
        }

        output.WriteLine(path);
        int width = facts.Max(fact => fact.Name.Length);
        facts.ForEach(fact => output.WriteLine($"  {fact.Name.PadRight(width)}  {string.Join("  ", fact.Values)}"));
    }

    private static void WriteMore(Utf8JsonWriter writer, StatNs status, Xattr[] attributes)
    {
        writer.WriteNumber("allocated", status.Blocks * 512);
        writer.WriteString("accessed", FileFacts.Time(status.AtimeSec, status.AtimeNsec));
        writer.WriteString("changed", FileFacts.Time(status.CtimeSec, status.CtimeNsec));
        writer.WriteStartArray("xattrs");
        foreach (Xattr attribute in attributes)
        {
            writer.WriteStartObject();
            writer.WriteName("name", attribute.Name);
            writer.WriteBase64String("value", attribute.Val);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
