namespace Guestfs.Appliances.Plan;

/// <summary>Permission bits as chmod(1) has them; C# has no octal numbers.</summary>
internal static class Permissions
{
    /// <summary>Read and write for the owner.</summary>
    internal const uint Octal0600 = 6 << 6;

    /// <summary>Read for all, write for the owner.</summary>
    internal const uint Octal0644 = (6 << 6) | (4 << 3) | 4;

    /// <summary>Everything for the owner.</summary>
    internal const uint Octal0700 = 7 << 6;

    /// <summary>Everything for the owner, all but write for others.</summary>
    internal const uint Octal0755 = (7 << 6) | (5 << 3) | 5;

    /// <summary>Everything for all; symbolic links have it.</summary>
    internal const uint Octal0777 = (7 << 6) | (7 << 3) | 7;

    /// <summary>Everything for all, who may remove only what is theirs, as in /tmp.</summary>
    internal const uint Octal1777 = (1 << 9) | Octal0777;

    /// <summary>All bits of a mode but the file's type.</summary>
    internal const uint Octal7777 = (7 << 9) | Octal0777;

    /// <summary>Run, for somebody.</summary>
    internal const uint Octal0111 = (1 << 6) | (1 << 3) | 1;

    /// <summary>What group and others may do.</summary>
    internal const uint Octal0077 = (7 << 3) | 7;
}
