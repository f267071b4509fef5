// The guest's log: the journal, or the text that syslog writes, or what Windows has. As virt-log looks for it.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;

using Guestfs.Appliances;
using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands;

/// <summary>Shows the log of a guest: virt-log's job.</summary>
internal static class LogCommand
{
    private const string Journal = "/var/log/journal", EventLog = "System32/winevt/Logs/System.evtx";

    private static readonly string[] TextLogs = ["/var/log/syslog", "/var/log/messages"];

    private static readonly string[] Levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    // As packages of different ages call it.
    private static readonly string[] EventLogReaders = ["evtxdump.py", "evtx_dump.py"];

    private static readonly Option<int?> Lines = CommandLine.Option<int>(
        "--lines", "number", "The last entries alone, of a journal or a text.", "a number of entries",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value : null);

    internal static Command Create()
    {
        Lines.Aliases.Add("-n");
        return GuestCommand.Create(
            "log", "Writes the guest's log: its journal, or /var/log/syslog or messages, or Windows' System log.", null, least: 0,
            [Lines], writes: false, RunAsync, choice: DiskChoice.Mounts);
    }

    private static async Task RunAsync(ParseResult result, GuestSession session, string[] paths, CancellationToken cancellationToken)
    {
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        await session.Guestfs.RunAsync(g => Write(result, session, g, cancellationToken), cancellationToken: cancellationToken)
            .ConfigureAwait(false);
    }

    private static void Write(ParseResult result, GuestSession session, GuestfsHandle g, CancellationToken cancellationToken)
    {
        IsFileOptions through = new() { FollowSymlinks = true };
        if (session.System?.Windows is { } windows)
        {
            // Before Vista there is not even its directory.
            if (GuestAnswer.OrNull(g, () => g.CaseSensitivePath($"{windows.SystemRoot}/{EventLog}")) is { } log && g.IsFile(log, through))
            {
                if (result.IsJson() || result.GetValue(Lines) is not null)
                {
                    throw new UsageException("Windows' event log comes as its reader writes it, in XML, and whole.");
                }

                WriteEventLog(g, log, cancellationToken);
                return;
            }
        }
        else if (g.IsDir(Journal, new IsDirOptions { FollowSymlinks = true }) && g.Ls(Journal).Length > 0)
        {
            WriteJournal(result, g, cancellationToken);
            return;
        }
        else if (Array.Find(TextLogs, path => g.IsFile(path, through)) is { } log)
        {
            using ProgressBar bar = new();
            long start = result.GetValue(Lines) is { } lines ? GuestContents.LastLines(g, log, g.Statns(log).Size, lines) : 0;
            using TextOutput text = new();
            JsonRecords? json = JsonRecords.Of(result, text, "entries");
            using (Stream output = json is null ? TextOutput.OpenContents() : new LineRecords(json))
            {
                GuestContents.Read(g, log, start, output.Write, bar, cancellationToken);
            }

            json?.End();
            return;
        }

        session.FoundNothing("This guest has no journal and no log that syslog writes.");
    }

    private static void WriteJournal(ParseResult result, GuestfsHandle g, CancellationToken cancellationToken)
    {
        using TextOutput output = new();
        JsonRecords? json = JsonRecords.Of(result, output, "entries");
        g.JournalOpen(Journal);
        if (result.GetValue(Lines) is { } lines)
        {
            // To the last one, and back from there.
            while (g.JournalSkip(1 << 20) == 1 << 20)
            {
            }

            g.JournalSkip(1 - lines);
            WriteEntry(g, output, json);
        }

        while (g.JournalNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteEntry(g, output, json);
        }

        g.JournalClose();
        json?.End();
    }

    private static void WriteEntry(GuestfsHandle g, TextOutput output, JsonRecords? json)
    {
        Xattr[] fields = g.JournalGet();
        long microseconds = g.JournalGetRealtimeUsec();
        DateTime time = GuestEntry.Time(microseconds / 1_000_000, microseconds % 1_000_000 * 1000);
        if (json is not null)
        {
            json.Add(writer => Write(writer, fields, time));
            return;
        }

        string name = Field("SYSLOG_IDENTIFIER") ?? Field("_COMM") ?? "", process = Field("_PID") ?? "", message = Field("MESSAGE") ?? "";
        string level = Field("PRIORITY") is [>= '0' and <= '7' and var digit, ..] ? Levels[digit - '0'] : "info";
        if (TextOutput.IsTerminal)
        {
            string number = process.Length > 0 ? $"[{process}]" : "";
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{time.ToLocalTime():yyyy-MM-dd HH:mm:ss} {name}{number} {level}: {message}"));
        }
        else
        {
            output.WriteFields(
                time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), name, process, level, message);
        }

        string? Field(string key) =>
            Array.Find(fields, field => field.Name == key) is { } found ? LosslessUtf8.GetString(found.Val) : null;
    }

    // As 'journalctl -o json' has it: bytes that are no text as numbers, a field of several values as an array.
    private static void Write(Utf8JsonWriter writer, Xattr[] fields, DateTime time)
    {
        writer.WriteString("time", time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        foreach (IGrouping<string, Xattr> field in fields.GroupBy(field => field.Name, StringComparer.Ordinal))
        {
            Xattr[] values = [.. field];
            writer.WritePropertyName(field.Key);
            if (values.Length > 1)
            {
                writer.WriteStartArray();
            }

            Array.ForEach(values, value => WriteValue(writer, value.Val));
            if (values.Length > 1)
            {
                writer.WriteEndArray();
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, byte[] value)
    {
        if (System.Text.Unicode.Utf8.IsValid(value))
        {
            writer.WriteStringValue(value);
            return;
        }

        writer.WriteStartArray();
        Array.ForEach(value, number => writer.WriteNumberValue(number));
        writer.WriteEndArray();
    }

    // Its reader wants a file.
    private static void WriteEventLog(GuestfsHandle g, string log, CancellationToken cancellationToken)
    {
        string directory = Directory.CreateTempSubdirectory("gfs-").FullName;
        try
        {
            string file = Path.Combine(directory, "System.evtx");
            g.Download(log, file);
            CommandRunner runner = new(ProcessInput.Variable("PATH"));
            foreach (string reader in EventLogReaders)
            {
                using Stream output = TextOutput.OpenContents();
                int code = runner.Run(
                    [reader, file], directory, lines => lines.CopyTo(output), line => StandardStreams.Tell($"{reader}: {line}"),
                    cancellationToken);
                if (code != 127)
                {
                    _ = code == 0 ? 0 : throw new IOException($"{reader} ended with {code}. 'gfs cp' copies {log} to this host.");
                    return;
                }
            }

            throw new IOException(
                "Windows' event log is read by evtx_dump.py, which is not on PATH: install python-evtx (Debian: apt install python3-evtx), "
                + "or copy the log with 'gfs cp'.");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
