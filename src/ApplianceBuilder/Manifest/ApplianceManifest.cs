using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

using Guestfs.Appliances.Host;

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
    public static ApplianceManifest Read(string directory)
    {
        string path = Path.Combine(directory, FileName);
        try
        {
            using FileStream file = new(Posix.OpenRead(path), FileAccess.Read);
            ApplianceManifest? manifest = JsonSerializer.Deserialize(file, ManifestJson.Default.ApplianceManifest);
            return manifest is not { Format: >= OldestFormat and <= CurrentFormat }
                ? throw new ApplianceException(
                    ApplianceProblem.Damaged, $"{path} has a format that is not known ({manifest?.Format}). Build the appliance again.")
                : manifest.Packages.Contains(null) || manifest.Inputs.Concat(manifest.Outputs).Contains(null)
                ? throw new ApplianceException(
                    ApplianceProblem.Damaged, $"{path} is damaged: a list contains null. Build the appliance again.")
                : manifest.Inputs.Any(file => file.Sha256 is null)
                    || manifest.Outputs.Any(file => file.Sha256 is null == file.DataSha256 is null)
                ? throw new ApplianceException(
                    ApplianceProblem.Damaged, $"{path} is damaged: a file does not have exactly one digest. Build the appliance again.")
                : manifest;
        }
        catch (JsonException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{path} is damaged: {exception.Message} Build the appliance again.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ApplianceException { Problem: ApplianceProblem.UnreadableFile })
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{directory} is not an appliance of this builder: {exception.Message}", exception);
        }
    }

    internal byte[] ToJson()
    {
        // Versions have plus signs, which need no escaping: this is not HTML.
        ManifestJson json = new(
            new JsonSerializerOptions(ManifestJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return [.. JsonSerializer.SerializeToUtf8Bytes(this, json.ApplianceManifest), (byte)'\n'];
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplianceManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
