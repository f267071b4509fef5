namespace Guestfs;

/// <summary>How a process ended.</summary>
/// <param name="Signal">The signal that ended it; 0 if it exited.</param>
/// <param name="Status">Its exit status, if it did.</param>
internal readonly record struct ProcessEnd(int Signal, int Status);
