namespace Guestfs.Appliances;

/// <summary>A file that went into an appliance, or is one of its own.</summary>
/// <param name="Name">Its path, or its name in the appliance's directory.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest.</param>
public sealed record ManifestFile(string Name, long Size, string Sha256);
