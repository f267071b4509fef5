using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guestfs.Appliances.Manifest;

/// <summary>The manifest as a software bill of materials, for tools that read one: CycloneDX 1.5 in JSON.</summary>
internal static class CycloneDx
{
    internal const string FileName = "sbom.cdx.json", SerialNumberName = "serialNumber";

    /// <summary>The bill of materials of an appliance. The same manifest gives the same bytes.</summary>
    internal static byte[] ToJson(ApplianceManifest manifest) => ToJson(
        "operating-system", "libguestfs-appliance", manifest.RootUuid.ToString("D"), manifest.ToJson(), manifest.Packages,
        manifest.Inputs.Concat(manifest.Outputs));

    /// <summary>The bill of materials of anything that has a manifest.</summary>
    /// <param name="type">What the format calls it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="manifest">The bytes of its manifest.</param>
    /// <param name="packages">The packages that it has files of.</param>
    /// <param name="files">Files that went into it, or are its own.</param>
    internal static byte[] ToJson(
        string type, string name, string version, ReadOnlySpan<byte> manifest, IEnumerable<ManifestPackage> packages,
        IEnumerable<ManifestFile> files)
    {
        using MemoryStream result = new();
        using (Utf8JsonWriter json = new(
            result, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.5");
            json.WriteString(SerialNumberName, SerialNumber(manifest));
            json.WriteNumber("version", 1);
            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            json.WriteString("type", type);
            json.WriteString("name", name);
            json.WriteString("version", version);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartArray("components");
            foreach (ManifestPackage package in packages)
            {
                WritePackage(json, package);
            }

            foreach (ManifestFile file in files)
            {
                json.WriteStartObject();
                json.WriteString("type", "file");
                json.WriteString("name", file.Name);
                if (file.Sha256 is { } digest)
                {
                    WriteDigest(json, digest);
                }
                else
                {
                    // A hash of this kind has no name in the format.
                    WriteProperty(json, "guestfs:dataSha256", file.DataSha256!);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        result.WriteByte((byte)'\n');
        return result.ToArray();
    }

    /// <summary>The serial number for a manifest's bytes, which shows whether they are still the same.</summary>
    internal static string SerialNumber(ReadOnlySpan<byte> manifest) => $"urn:uuid:{ContentId.ToUuid(Sha256Hash.Of(manifest)):D}";

    private static void WritePackage(Utf8JsonWriter json, ManifestPackage package)
    {
        string purl = $"pkg:{package.Type}/{Escape(package.Distribution)}/{Escape(package.Name)}@{Escape(package.Version)}"
            + $"?arch={Escape(package.Architecture)}";
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", purl);
        json.WriteString("name", package.Name);
        json.WriteString("version", package.Version);
        json.WriteString("purl", purl);
        WriteDigest(json, package.Sha256);
        json.WriteEndObject();
    }

    private static void WriteDigest(Utf8JsonWriter json, string sha256)
    {
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", "SHA-256");
        json.WriteString("content", sha256);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray("properties");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
