// A bundle as a container image: an OCI image layout with one layer, https://github.com/opencontainers/image-spec
using System.IO.Compression;
using System.Text;
using System.Text.Json;

using Guestfs.Appliances.Archives;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>Writes an image with a bundle and programs that use it.</summary>
internal static class BundleOci
{
    /// <summary>A file that each such directory has.</summary>
    internal const string Mark = "oci-layout";

    // Where it is in the image, and where the loader looks that programs of distributions name.
    private const string Top = "/usr/lib/" + GuestfsBundle.UsualName, Programs = "/usr/bin", LibraryDirectory = "/lib64";
    private const string Blobs = "blobs/sha256";

    /// <summary>Writes the image.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="programs">Files that go into its <c>/usr/bin</c>; the image starts the first.</param>
    /// <param name="directory">A new directory.</param>
    /// <param name="written">Is told how many bytes were read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static void Write(
        BundleTree bundle, IReadOnlyList<string> programs, string directory, Action<long> written, CancellationToken cancellationToken)
    {
        foreach (string part in (string[])["", "blobs", Blobs])
        {
            Posix.CreateDirectory(Path.Combine(directory, part), Permissions.Octal0755);
            Posix.SetMode(Path.Combine(directory, part), Permissions.Octal0755);
        }

        (ManifestFile layer, string contents) = WriteLayer(directory, Entries(bundle, programs), written, cancellationToken);
        bool isArm64 = bundle.Manifest.Architecture == "aarch64";
        ManifestFile config = WriteBlob(directory, json =>
        {
            json.WriteString("architecture", isArm64 ? "arm64" : "amd64");
            json.WriteString("os", "linux");
            json.WriteString("created", DateTimeOffset.FromUnixTimeSeconds(bundle.Time).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'",
                System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStartObject("config");
            WriteArray(json, "Env", ["PATH=" + Programs, $"{GuestfsLibrary.BundleVariable}={Top}"]);
            if (programs.Count > 0)
            {
                WriteArray(json, "Entrypoint", [$"{Programs}/{Path.GetFileName(programs[0])}"]);
            }

            json.WriteEndObject();
            json.WriteStartObject("rootfs");
            json.WriteString("type", "layers");
            WriteArray(json, "diff_ids", ["sha256:" + contents]);
            json.WriteEndObject();
        });
        ManifestFile manifest = WriteBlob(directory, json =>
        {
            json.WriteNumber("schemaVersion", 2);
            json.WriteString("mediaType", "application/vnd.oci.image.manifest.v1+json");
            json.WriteStartObject("config");
            WriteDescriptor(json, "application/vnd.oci.image.config.v1+json", config);
            json.WriteEndObject();
            json.WriteStartArray("layers");
            json.WriteStartObject();
            WriteDescriptor(json, "application/vnd.oci.image.layer.v1.tar+gzip", layer);
            json.WriteEndObject();
            json.WriteEndArray();
        });
        WriteFile(directory, "index.json", Json(json =>
        {
            json.WriteNumber("schemaVersion", 2);
            json.WriteStartArray("manifests");
            json.WriteStartObject();
            WriteDescriptor(json, "application/vnd.oci.image.manifest.v1+json", manifest);
            json.WriteStartObject("annotations");
            json.WriteString("org.opencontainers.image.ref.name", "latest");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }));
        WriteFile(directory, Mark, Json(json => json.WriteString("imageLayoutVersion", "1.0.0")));
    }

    // There is no system below: what the programs find as their C library is the bundle's.
    private static IReadOnlyList<PlanEntry> Entries(BundleTree bundle, IReadOnlyList<string> programs)
    {
        SortedDictionary<string, PlanEntry> entries = new(StringComparer.Ordinal);
        foreach (PlanEntry entry in bundle.Below(Top))
        {
            entries.Add(entry.Path, entry);
        }

        foreach (string path in (string[])[Programs, "/dev", "/etc", "/proc", "/sys", "/lib", LibraryDirectory, "/var"])
        {
            entries.TryAdd(path, BundleTree.Directory(path, bundle.Time));
        }

        foreach (string path in (string[])["/tmp", "/var/tmp"])
        {
            entries.Add(path, BundleTree.Directory(path, bundle.Time, Permissions.Octal1777));
        }

        AddText("/etc/passwd", "root:x:0:0::/tmp:\nnobody:x:65534:65534::/tmp:\n");
        AddText("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
        bool isArm64 = bundle.Manifest.Architecture == "aarch64";
        AddLink("/lib/" + (isArm64 ? "aarch64-linux-gnu" : "x86_64-linux-gnu"), LibraryDirectory);
        AddLink(isArm64 ? "/lib/ld-linux-aarch64.so.1" : LibraryDirectory + "/ld-linux-x86-64.so.2", Top + "/loader/ld.so");
        foreach (string name in bundle.Names)
        {
            string file = Path.GetFileName(name);
            if (name.StartsWith("loader/", StringComparison.Ordinal) && name != GuestfsBundle.Loader)
            {
                AddLink($"{LibraryDirectory}/{file}", $"{Top}/{name}");
            }
            else if (name.StartsWith("lib/gfsssl.", StringComparison.Ordinal)
                || name.StartsWith("lib/gfscrypto.", StringComparison.Ordinal))
            {
                // .NET asks for OpenSSL by its usual name, and that for its other half by the one that it has here.
                AddLink($"{LibraryDirectory}/{file}", $"{Top}/{name}");
                AddLink($"{LibraryDirectory}/lib{file["gfs".Length..]}", $"{Top}/{name}");
            }
        }

        foreach (string program in programs)
        {
            FileStatus status = Posix.Status(program) is { Kind: EntryKind.File } found ? found : throw new ApplianceException(
                ApplianceProblem.UnreadableFile, $"{program} is not a file. Name a program for the image.");
            string path = $"{Programs}/{Path.GetFileName(program)}";
            entries[path] = new PlanEntry
            {
                Path = path, Kind = EntryKind.File, Mode = Permissions.Octal0755, ModificationTime = bundle.Time,
                Content = new HostFileContent(program, 0, status.Size),
            };
        }

        return [.. entries.Values];

        void AddText(string path, string text) => entries.Add(path, new PlanEntry
        {
            Path = path, Kind = EntryKind.File, Mode = Permissions.Octal0644, ModificationTime = bundle.Time,
            Content = new BytesContent(Encoding.ASCII.GetBytes(text)),
        });

        void AddLink(string path, string target) => entries.Add(path, new PlanEntry
        {
            Path = path, Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777, ModificationTime = bundle.Time,
            LinkTarget = target,
        });
    }

    // Without holes, which not everybody who unpacks images knows; packed with what everybody knows.
    private static (ManifestFile Layer, string Contents) WriteLayer(
        string directory, IReadOnlyList<PlanEntry> entries, Action<long> written, CancellationToken cancellationToken)
    {
        string unnamed = Path.Combine(directory, ".layer");
        string digest, contents;
        using (FileStream file = new(Posix.CreateFile(unnamed, Permissions.Octal0644), FileAccess.Write))
        using (DigestStream packed = new(file))
        {
            using (GZipStream packing = new(packed, CompressionLevel.Optimal, leaveOpen: true))
            using (DigestStream archive = new(packing))
            {
                TarWriter.Write(entries, archive, withHoles: false, written, cancellationToken);
                contents = Convert.ToHexStringLower(archive.Current());
            }

            digest = Convert.ToHexStringLower(packed.Current());
        }

        ManifestFile layer = new(digest, new FileInfo(unnamed).Length, digest);
        File.Move(unnamed, Path.Combine(directory, Blobs, digest));
        Posix.SetMode(Path.Combine(directory, Blobs, digest), Permissions.Octal0644);
        return (layer, contents);
    }

    private static ManifestFile WriteBlob(string directory, Action<Utf8JsonWriter> write)
    {
        byte[] bytes = Json(write);
        string digest = Sha256Hash.HexOf(bytes);
        WriteFile(directory, $"{Blobs}/{digest}", bytes);
        return new ManifestFile(digest, bytes.Length, digest);
    }

    private static void WriteFile(string directory, string name, byte[] bytes)
    {
        string path = Path.Combine(directory, name);
        using Microsoft.Win32.SafeHandles.SafeFileHandle file = Posix.CreateFile(path, Permissions.Octal0644);
        RandomAccess.Write(file, bytes, 0);
        Posix.SetMode(path, Permissions.Octal0644);
    }

    private static void WriteDescriptor(Utf8JsonWriter json, string type, ManifestFile blob)
    {
        json.WriteString("mediaType", type);
        json.WriteString("digest", "sha256:" + blob.Sha256);
        json.WriteNumber("size", blob.Size);
    }

    private static void WriteArray(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
