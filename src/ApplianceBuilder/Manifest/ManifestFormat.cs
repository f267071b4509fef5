using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

using Guestfs.Appliances.Host;

namespace Guestfs.Appliances.Manifest;

/// <summary>Reads and writes manifests: JSON with names in camel case, and what is null left out.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApplianceManifest))]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class ManifestFormat : JsonSerializerContext
{
    /// <summary>Writes without escaping what HTML alone needs escaped, such as the plus signs of versions.</summary>
    internal static ManifestFormat Plain =>
        new(new JsonSerializerOptions(Default.GeneratedSerializerOptions!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Reads a manifest.</summary>
    /// <typeparam name="T">Its kind.</typeparam>
    /// <param name="directory">The directory that it describes.</param>
    /// <param name="fileName">Its name there.</param>
    /// <param name="what">What it describes, for messages, such as <c>an appliance</c>.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="faultOf">What is wrong with what was read; null if nothing is.</param>
    /// <exception cref="ApplianceException">There is none, or it is damaged.</exception>
    internal static T Read<T>(string directory, string fileName, string what, JsonTypeInfo<T> type, Func<T?, string?> faultOf)
        where T : class
    {
        string path = Path.Combine(directory, fileName);
        string remedy = $"Build the {what[(what.IndexOf(' ', StringComparison.Ordinal) + 1)..]} again.";
        try
        {
            using FileStream file = new(Posix.OpenRead(path), FileAccess.Read);
            T? manifest = JsonSerializer.Deserialize(file, type);
            return faultOf(manifest) is { } fault
                ? throw new ApplianceException(ApplianceProblem.Damaged, $"{path} {fault}. {remedy}")
                : manifest!;
        }
        catch (JsonException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{path} is damaged: {exception.Message} {remedy}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ApplianceException { Problem: ApplianceProblem.UnreadableFile })
        {
            throw new ApplianceException(
                ApplianceProblem.Damaged, $"{directory} is not {what} of this builder: {exception.Message}", exception);
        }
    }

    /// <summary>The bytes of a manifest.</summary>
    internal static byte[] ToJson<T>(T manifest, JsonTypeInfo<T> type) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, type), (byte)'\n'];
}
