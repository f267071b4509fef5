namespace Guestfs;

/// <summary>What a directory of the guest has under a name, and what has become of it.</summary>
internal sealed class ExtractEntry(ExtractedDirectory directory, string name)
{
    /// <summary>The directory that it is in.</summary>
    internal ExtractedDirectory Directory { get; } = directory;

    internal string Name { get; } = name;

    /// <summary>Its path in the guest. A new string each time.</summary>
    internal string GuestPath => $"{Directory.GuestPath}/{Name}";

    /// <summary>Whether the guest could say what it is.</summary>
    internal bool IsExamined => Status is not null;

    /// <summary>What the guest says of it.</summary>
    internal StatNs Status { get; set; } = null!;

    /// <summary>Its type.</summary>
    internal int Type => ModeBits.TypeOf(Status);

    /// <summary>The host's directory, of a directory that was made or found.</summary>
    internal ExtractedDirectory? Extracted { get; set; }

    /// <summary>Where it leads, of a symbolic link whose target came already.</summary>
    internal string? LinkText { get; set; }

    /// <summary>Its attributes whose names begin with <c>user.</c>, if they came already.</summary>
    internal List<Xattr>? UserXattrs { get; set; }

    /// <summary>Whether its contents were written, or the host refused them.</summary>
    internal bool IsTaken { get; set; }

    /// <summary>Whether the host has the file under this name.</summary>
    internal bool IsMade { get; set; }
}
