namespace Guestfs;

/// <summary>How far an extraction has come.</summary>
/// <param name="Entries">How many files, directories and others were looked at.</param>
/// <param name="TotalSize">How many bytes of files were read.</param>
/// <param name="Path">The path in the guest of what is being extracted.</param>
public readonly record struct ExtractProgress(long Entries, long TotalSize, string Path);
