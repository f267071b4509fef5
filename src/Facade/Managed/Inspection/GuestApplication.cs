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

    /// <summary><c>antivirus</c> for Windows antivirus software. Always null with a libguestfs before 1.58.</summary>
    public string? Category { get; init; }

    /// <summary>Version with epoch and release, as dpkg and rpm write it: <c>1:2.3-4</c>.</summary>
    public string? FullVersion => Version is null ? null
        : $"{(Epoch == 0 ? "" : $"{Epoch}:")}{Version}{(Release is null ? "" : $"-{Release}")}";

    internal static GuestApplication From(Application2 application) => new()
    {
        Name = application.Name,
        DisplayName = Known(application.DisplayName),
        Epoch = application.Epoch,
        Version = Known(application.Version),
        Release = Known(application.Release),
        Architecture = Known(application.Arch),
        InstallPath = Known(application.InstallPath),
        GuestPath = Known(application.TransPath),
        Publisher = Known(application.Publisher),
        Homepage = Known(application.Url),
        SourcePackage = Known(application.SourcePackage),
        Summary = Known(application.Summary),
        Description = Known(application.Description),
        Category = Known(application.Class),
    };

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
