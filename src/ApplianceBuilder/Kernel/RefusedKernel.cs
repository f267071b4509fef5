namespace Guestfs.Appliances.Kernel;

/// <summary>A kernel that does not suit.</summary>
/// <param name="Path">Its file, or the directory that could not be searched.</param>
/// <param name="Reason">Why, as the second half of a sentence.</param>
/// <param name="IsUnreadable">Whether it is only that this user may not read it.</param>
internal sealed record RefusedKernel(string Path, string Reason, bool IsUnreadable = false);
