using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>Writes each failure as <see cref="GuestfsExceptionConverter"/> does.</summary>
internal sealed class GuestfsExceptionListConverter : JsonConverter<IReadOnlyList<GuestfsException>>
{
    private static readonly GuestfsExceptionConverter Item = new();

    public override IReadOnlyList<GuestfsException> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [Item.Read(ref reader, typeToConvert, options)];

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<GuestfsException> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (GuestfsException failure in value)
        {
            Item.Write(writer, failure, options);
        }

        writer.WriteEndArray();
    }
}
