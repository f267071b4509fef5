namespace Guestfs.Appliances.Archives;

/// <summary>Where a member lies in an ar archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where its bytes begin, in bytes from the start of the archive.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct ArMember(string Name, long Offset, long Length);
