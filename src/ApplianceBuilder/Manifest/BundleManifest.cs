using Guestfs.Appliances.Manifest;

namespace Guestfs.Appliances;

/// <summary>What a bundle has in it, and the digests of its files.</summary>
public sealed record BundleManifest
{
    /// <summary>The version of this format.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The name of the file in the bundle's directory.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The version of the builder.</summary>
    public required string Builder { get; init; }

    /// <summary>The processor, as <c>uname -m</c> has it: <c>x86_64</c>, <c>aarch64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The version of libguestfs' package.</summary>
    public required string Libguestfs { get; init; }

    /// <summary>The version of qemu's package.</summary>
    public required string Qemu { get; init; }

    /// <summary>The version of the appliance's kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>The oldest glibc of a host that can use it: the libraries that a process loads use that of the process.</summary>
    public required string Glibc { get; init; }

    /// <summary>The packages that it has files of, those in the appliance included, sorted by name.</summary>
    public required IReadOnlyList<ManifestPackage> Packages { get; init; }

    /// <summary>The names of packages whose licence was not found; null where there is none.</summary>
    public IReadOnlyList<string>? WithoutLicence { get; init; }

    /// <summary>All files but this and the bill of materials, by their paths in it, sorted.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="directory">The bundle's directory.</param>
    /// <exception cref="ApplianceException">There is no manifest, or it is damaged.</exception>
    public static BundleManifest Read(string directory) => ManifestFormat.Read(
        directory, FileName, "a bundle", ManifestFormat.Default.BundleManifest, FaultOf);

    internal byte[] ToJson() => ManifestFormat.ToJson(this, ManifestFormat.Plain.BundleManifest);

    private static string? FaultOf(BundleManifest? manifest) =>
        manifest is { Format: CurrentFormat } && !manifest.Files.Contains(null) && !manifest.Packages.Contains(null)
            ? null
            : "has a format that is not known";
}
