namespace Guestfs.Appliances.Plan;

/// <summary>The number of a device node.</summary>
/// <param name="Major">Major number, at most 4095.</param>
/// <param name="Minor">Minor number, at most 1048575.</param>
internal readonly record struct DeviceNumber(uint Major, uint Minor);
