using System.CommandLine;
using System.Text;
using System.Text.Json;

namespace Guestfs.Cli.Output;

/// <summary>Objects of JSON as they become known: in one document, or each in a line.</summary>
internal sealed class JsonRecords
{
    private readonly Stream stream;
    private readonly string? name;
    private bool hasBegun;

    private JsonRecords(Stream stream, string? name) => (this.stream, this.name) = (stream, name);

    /// <summary>Those that options ask for; null where they do not.</summary>
    /// <param name="result">The options.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="name">What the document calls them.</param>
    internal static JsonRecords? Of(ParseResult result, TextOutput output, string name) =>
        result.GetValue(OutputOptions.JsonLines) ? new(output.Stream, null)
        : result.GetValue(OutputOptions.Json) ? new(output.Stream, name) : null;

    /// <summary>Writes one.</summary>
    /// <param name="members">Writes what is in it.</param>
    internal void Add(Action<Utf8JsonWriter> members)
    {
        Begin(",");
        using (Utf8JsonWriter writer = JsonOutput.Begin(stream))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        if (name is null)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    /// <summary>Ends the document. One that ends otherwise is not whole, and no reader takes it for that.</summary>
    internal void End()
    {
        if (name is not null)
        {
            Begin("");
            stream.Write("]}\n"u8);
        }
    }

    private void Begin(string separator)
    {
        if (name is not null)
        {
            stream.Write(Encoding.UTF8.GetBytes(hasBegun ? separator : $"{{\"{name}\":["));
        }

        hasBegun = true;
    }
}
