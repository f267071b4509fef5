// JSON on standard output: documented documents and lines, for programs. A name that is not UTF-8 has its bytes beside it.
using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs.Cli.Output;

/// <summary>Writes JSON.</summary>
internal static class JsonOutput
{
    // Readers are programs, not web pages.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Begins a document.</summary>
    internal static Utf8JsonWriter Begin(Stream stream) => new(stream, Options);

    /// <summary>Writes a document in one line.</summary>
    internal static void WriteDocument(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter writer = Begin(stream))
        {
            write(writer);
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes one of this host.</summary>
    internal static void CopyDocument(string file, Stream stream)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        WriteDocument(stream, document.WriteTo);
    }

    /// <summary>Writes a name of the guest, and its bytes in base64 where they are not UTF-8, as <c>nameBytes</c>.</summary>
    internal static void WriteName(this Utf8JsonWriter writer, string property, string name)
    {
        writer.WriteString(property, name);
        if (HasOtherBytes(name))
        {
            writer.WriteBase64String($"{property}Bytes", LosslessUtf8.GetBytes(name));
        }
    }

    /// <summary>A warning as a line: <c>{"warning":{...}}</c>.</summary>
    internal static string Warning(string message) =>
        Line("warning", writer => writer.WriteString("message", PrintableText.Of(message)));

    /// <summary>An error as a line: <c>{"error":{...}}</c>, with what is known of it.</summary>
    internal static string Error(Exception? exception, string message, int exitCode) => Line(
        "error",
        writer =>
        {
            writer.WriteNumber("exitCode", exitCode);
            writer.WriteString("message", PrintableText.Of(message));
            if (exception is GuestfsException failure)
            {
                writer.WriteString("operation", failure.Operation);
                writer.WriteNumber("errno", failure.Errno);
            }

            if (exception is GuestfsDiskException disk)
            {
                Write(writer, disk.Problem.ToString(), disk.Remedy);
                writer.WriteName("file", disk.File);
            }

            if (exception is GuestfsLaunchException launch)
            {
                Write(writer, launch.Failure.ToString(), launch.Remedy);
                writer.WriteStartArray("console");
                foreach (string line in launch.Console)
                {
                    writer.WriteStringValue(line);
                }

                writer.WriteEndArray();
            }
        });

    private static void Write(Utf8JsonWriter writer, string failure, string? remedy)
    {
        writer.WriteString("failure", JsonNamingPolicy.CamelCase.ConvertName(failure));
        if (remedy is not null)
        {
            writer.WriteString("remedy", remedy);
        }
    }

    private static string Line(string kind, Action<Utf8JsonWriter> members)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(kind);
            members(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Whether a text has bytes that are not UTF-8.</summary>
    // LosslessUtf8 makes the second half of a character of each.
    internal static bool HasOtherBytes(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (char.IsLowSurrogate(name[i]) && (i == 0 || !char.IsHighSurrogate(name[i - 1])))
            {
                return true;
            }
        }

        return false;
    }
}
