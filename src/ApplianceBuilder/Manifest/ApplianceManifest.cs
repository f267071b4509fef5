using Guestfs.Appliances.Manifest;

namespace Guestfs.Appliances;

/// <summary>What an appliance was made of, and the digests of its files. All digests are SHA-256 in lower-case hexadecimal.</summary>
public sealed record ApplianceManifest
{
    /// <summary>The newest version of this format: since 2 a file may have <see cref="ManifestFile.DataSha256"/> in place of
    /// <see cref="ManifestFile.Sha256"/>.</summary>
    public const int CurrentFormat = 2;

    /// <summary>The oldest version that is read.</summary>
    public const int OldestFormat = 1;

    /// <summary>The name of the file in the appliance's directory.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version of the format, from <see cref="OldestFormat"/> to <see cref="CurrentFormat"/>:
    /// the oldest one that can hold what is in this manifest.</summary>
    public required int Format { get; init; }

    /// <summary>The version of the builder.</summary>
    public required string Builder { get; init; }

    /// <summary>How the appliance starts.</summary>
    public ApplianceProfile Profile { get; init; }

    /// <summary>The architecture, as the kernel names it: <c>x86_64</c>, <c>aarch64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The kernel's version, as in <c>/lib/modules</c>.</summary>
    public required string KernelVersion { get; init; }

    /// <summary>The UUID of the root filesystem: made from the digests of all inputs.</summary>
    public required Guid RootUuid { get; init; }

    /// <summary>The time put into files that have none of their own, in seconds since 1970.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The packages, sorted by name.</summary>
    public required IReadOnlyList<ManifestPackage> Packages { get; init; }

    /// <summary>The skeleton's files, the kernel and host files outside packages, sorted by name.</summary>
    public required IReadOnlyList<ManifestFile> Inputs { get; init; }

    /// <summary>The appliance's files, sorted by name.</summary>
    public required IReadOnlyList<ManifestFile> Outputs { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="directory">The appliance's directory.</param>
    /// <exception cref="ApplianceException">There is no manifest, or it is damaged.</exception>
    public static ApplianceManifest Read(string directory) => ManifestFormat.Read(
        directory, FileName, "an appliance", ManifestFormat.Default.ApplianceManifest, FaultOf);

    internal byte[] ToJson() => ManifestFormat.ToJson(this, ManifestFormat.Plain.ApplianceManifest);

    private static string? FaultOf(ApplianceManifest? manifest) =>
        manifest is not { Format: >= OldestFormat and <= CurrentFormat } ? $"has a format that is not known ({manifest?.Format})"
        : manifest.Packages.Contains(null) || manifest.Inputs.Concat(manifest.Outputs).Contains(null)
            ? "is damaged: a list contains null"
        : manifest.Inputs.Any(file => file.Sha256 is null)
            || manifest.Outputs.Any(file => file.Sha256 is null == file.DataSha256 is null)
            ? "is damaged: a file does not have exactly one digest"
        : null;
}
