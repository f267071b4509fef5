using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>Writes the document of docs/inspection-json.md. It cannot be read back.</summary>
internal sealed class GuestInspectionConverter : JsonConverter<GuestInspection>
{
    public override GuestInspection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("An inspection is written to JSON, not read from it.");

    public override void Write(Utf8JsonWriter writer, GuestInspection value, JsonSerializerOptions options) =>
        InspectionJson.Write(writer, value);
}
