using System.Text.Json.Serialization;

namespace Guestfs.Appliances;

/// <summary>How an appliance starts. Both hold the same programs and behave alike once they run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApplianceProfile>))]
public enum ApplianceProfile
{
    /// <summary>As supermin's: all drivers that a disk could need, then libguestfs' own init script.</summary>
    [JsonStringEnumMemberName("stock")]
    Stock,

    /// <summary>
    /// With a small native init that does what an ordinary session needs and starts udev when something needs it. Sessions
    /// with SELinux or a rescue shell still run libguestfs' own init script.
    /// </summary>
    [JsonStringEnumMemberName("fast")]
    Fast,
}
