namespace Guestfs;

/// <summary>An application or package of a guest, from <see cref="GuestfsHandle.ListApplications"/>.
/// Null is what the guest does not tell.</summary>
public sealed record GuestApplication
{
    /// <summary>The name; for Linux that of the package.</summary>
    public required string Name { get; init; }

    /// <summary>The name for people, perhaps in the guest's language.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The epoch of the package; 0 where there is none.</summary>
    public int Epoch { get; init; }

    /// <summary>The version, without epoch and release.</summary>
    public string? Version { get; init; }

    /// <summary>The release of the package.</summary>
    public string? Release { get; init; }

    /// <summary>The architecture of the package, in the words of the package system.</summary>
    public string? Architecture { get; init; }

    /// <summary>Where it is installed, as the guest writes it, such as <c>C:\Program Files\X</c>.</summary>
    public string? InstallPath { get; init; }

    /// <summary>Where it is installed, as a path for the methods of the handle.</summary>
    public string? GuestPath { get; init; }

    /// <summary>The publisher.</summary>
    public string? Publisher { get; init; }

    /// <summary>The address of the project's site.</summary>
    public string? Homepage { get; init; }

    /// <summary>The source package.</summary>
    public string? SourcePackage { get; init; }

    /// <summary>A description in about one line.</summary>
    public string? Summary { get; init; }

    /// <summary>A longer description.</summary>
    public string? Description { get; init; }

    /// <summary><c>antivirus</c> for antivirus software of Windows, as far as its name or its publisher tells.</summary>
    public string? Category { get; init; }

    /// <summary>Which kind of package it is: <c>deb</c>, <c>rpm</c>, <c>apk</c>, <c>pacman</c>, <c>flatpak</c> (its version is the branch)
    /// or <c>snap</c> (of which only the revision is known: <see cref="Release"/>). Null for Windows.</summary>
    public string? PackageFormat { get; init; }

    /// <summary>Version with epoch and release, as dpkg and rpm write it: <c>1:2.3-4</c>.</summary>
    public string? FullVersion => Version is null ? null
        : $"{(Epoch == 0 ? "" : $"{Epoch}:")}{Version}{(Release is null ? "" : $"-{Release}")}";
}
