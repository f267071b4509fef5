// Failures in JSON: results such as GuestOperatingSystem hold some, and .NET writes no exception that was thrown.
// Named at the exception itself: at properties it would leave the generator of GuestfsJsonContext to describe all of System.Exception.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>Writes a failure as <see cref="ProblemJson"/> does. It cannot be read back.</summary>
internal sealed class GuestfsExceptionConverter : JsonConverter<GuestfsException>
{
    public override GuestfsException Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A GuestfsException is written to JSON, not read from it.");

    public override void Write(Utf8JsonWriter writer, GuestfsException value, JsonSerializerOptions options) =>
        ProblemJson.Write(writer, value, options.PropertyNamingPolicy);
}
