// The document of an inspection, by hand, so that no serializer is needed for it. A test holds it against what the serializer makes of the
// same results.
using System.Buffers;
using System.Text.Json;

namespace Guestfs;

/// <summary>Writes what <see cref="GuestfsHandle.Inspect"/> found. Names are in camel case, and what is null is left out.</summary>
internal static class InspectionJson
{
    /// <summary>The document in UTF-8.</summary>
    internal static byte[] ToUtf8(GuestInspection inspection)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(writer, inspection);
        }

        return buffer.WrittenSpan.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, GuestInspection inspection)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("systems");
        foreach (GuestOperatingSystem os in inspection)
        {
            Write(writer, os);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("encryptedDevices");
        foreach (GuestEncryptedDevice device in inspection.EncryptedDevices)
        {
            writer.WriteStartObject();
            Text(writer, "device", device.Device);
            Text(writer, "type", device.Type);
            Text(writer, "uuid", device.Uuid);
            Text(writer, "mapping", device.Mapping);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Problems(writer, inspection.Problems);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GuestOperatingSystem os)
    {
        writer.WriteStartObject();
        Text(writer, "root", os.Root);
        Text(writer, "type", os.Type);
        Text(writer, "distro", os.Distro);
        Text(writer, "productName", os.ProductName);
        Text(writer, "prettyName", os.PrettyName);
        Text(writer, "productVariant", os.ProductVariant);
        Text(writer, "version", os.Version?.ToString());
        Text(writer, "architecture", os.Architecture);
        Text(writer, "hostName", os.HostName);
        Text(writer, "machineId", os.MachineId);
        Text(writer, "packageFormat", os.PackageFormat);
        Text(writer, "packageManagement", os.PackageManagement);
        Text(writer, "osinfoId", os.OsinfoId);
        Text(writer, "buildId", os.BuildId);
        writer.WriteStartArray("mountpoints");
        foreach (GuestMountpoint mountpoint in os.Mountpoints)
        {
            writer.WriteStartObject();
            Text(writer, "path", mountpoint.Path);
            Text(writer, "mountable", mountpoint.Mountable);
            Text(writer, "filesystemType", mountpoint.FilesystemType);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("mountEntries");
        foreach (GuestMountEntry entry in os.MountEntries)
        {
            Write(writer, entry);
        }

        writer.WriteEndArray();
        Texts(writer, "filesystems", os.Filesystems);
        writer.WriteStartObject("driveMappings");
        foreach ((string letter, string device) in os.DriveMappings)
        {
            Text(writer, letter, device);
        }

        writer.WriteEndObject();
        if (os.Windows is { } windows)
        {
            writer.WriteStartObject("windows");
            Text(writer, "systemRoot", windows.SystemRoot);
            Text(writer, "systemHive", windows.SystemHive);
            Text(writer, "softwareHive", windows.SoftwareHive);
            Text(writer, "currentControlSet", windows.CurrentControlSet);
            if (windows.HasGroupPolicy is { } hasGroupPolicy)
            {
                writer.WriteBoolean("hasGroupPolicy", hasGroupPolicy);
            }

            writer.WriteEndObject();
        }

        Texts(writer, "snapshots", os.Snapshots);
        Problems(writer, os.Problems);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GuestMountEntry entry)
    {
        writer.WriteStartObject();
        Text(writer, "file", entry.File);
        if (entry.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        Text(writer, "device", entry.Device);
        Text(writer, "path", entry.Path);
        Text(writer, "type", entry.Type);
        Texts(writer, "options", entry.Options);
        writer.WriteBoolean("isAutomatic", entry.IsAutomatic);
        writer.WriteBoolean("isOptional", entry.IsOptional);
        Text(writer, "mountable", entry.Mountable);
        writer.WriteEndObject();
    }

    private static void Problems(Utf8JsonWriter writer, IReadOnlyList<GuestfsException> problems)
    {
        writer.WriteStartArray("problems");
        foreach (GuestfsException problem in problems)
        {
            ProblemJson.Write(writer, problem, JsonNamingPolicy.CamelCase);
        }

        writer.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
