using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>
/// How System.Text.Json writes what inspection finds, without reflection and so in programs of NativeAOT, too:
/// <c>JsonSerializer.Serialize(g.Inspect(), GuestfsJsonContext.Default.GuestInspection)</c>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GuestInspection))]
[JsonSerializable(typeof(GuestOperatingSystem))]
[JsonSerializable(typeof(GuestMountReport))]
[JsonSerializable(typeof(GuestApplicationReport))]
public sealed partial class GuestfsJsonContext : JsonSerializerContext;
