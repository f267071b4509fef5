using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using Guestfs.Appliances.Host;

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
    public static BundleManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            using FileStream file = new(Posix.OpenRead(path), FileAccess.Read);
            return JsonSerializer.Deserialize(file, BundleManifestJson.Default.BundleManifest) is { Format: CurrentFormat } manifest
                && !manifest.Files.Contains(null) && !manifest.Packages.Contains(null)
                ? manifest
                : throw new ApplianceException(ApplianceProblem.Damaged, $"{path} has a format that is not known. Build the bundle again.");
        }
        catch (JsonException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{path} is damaged: {exception.Message} Build the bundle again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ApplianceException { Problem: ApplianceProblem.UnreadableFile })
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{directory} is not a bundle of this builder: {exception.Message}", exception);
        }
    }

    internal byte[] ToJson()
    {
        BundleManifestJson json = new(
            new JsonSerializerOptions(BundleManifestJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return [.. JsonSerializer.SerializeToUtf8Bytes(this, json.BundleManifest), (byte)'\n'];
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class BundleManifestJson : JsonSerializerContext;
