// Failures in JSON: results such as GuestOperatingSystem hold some, and .NET writes no exception that was thrown.
// Named at the properties that have one, not at the exception: so programs without those are without JSON too.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>Writes what a failure says: its operation, errno and message, and of which file and line it is.
/// It cannot be read back.</summary>
internal sealed class GuestfsExceptionConverter : JsonConverter<GuestfsException>
{
    public override GuestfsException Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A GuestfsException is written to JSON, not read from it.");

    public override void Write(Utf8JsonWriter writer, GuestfsException value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Name(nameof(value.Operation)), value.Operation);
        writer.WriteNumber(Name(nameof(value.Errno)), value.Errno);
        writer.WriteString(Name(nameof(value.Message)), value.Message);
        if (value is GuestFileException file)
        {
            writer.WriteString(Name(nameof(file.Path)), file.Path);
            if (file.Line is { } line)
            {
                writer.WriteNumber(Name(nameof(file.Line)), line);
            }
        }

        writer.WriteEndObject();

        string Name(string name) => options.PropertyNamingPolicy?.ConvertName(name) ?? name;
    }
}
