using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// Which files of the host the disks of a handle are made of, as far as qemu would follow them: each image, what it is an overlay of, and
/// the files that it keeps its data in.
/// </summary>
internal sealed class DiskFiles
{
    private const string Protocol = " protocol=", Format = " format=", ReadOnly = " readonly", Json = "json:", Local = "file";
    private const int MaxFiles = 1000;

    // What qemu reaches by the network alone, without files of the user's.
    private static readonly string[] Servers = ["nbd", "http", "https", "ftp", "ftps"];
    private static readonly string[] LocalDrivers =
        ["file", "host_device", "raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc", "vhdx", "luks", "parallels", "dmg", "bochs", "cloop"];

    private readonly Dictionary<string, bool> files = new(StringComparer.Ordinal);

    private DiskFiles()
    {
    }

    /// <summary>The files, and whether each may be written.</summary>
    internal IReadOnlyDictionary<string, bool> Files => files;

    /// <summary>Whether a part of a disk is on a server.</summary>
    internal bool NeedsNetwork { get; private set; }

    /// <summary>What cannot be told: a file may be missing. Null if nothing is.</summary>
    internal string? Unknown { get; private set; }

    /// <summary>Looks at the disks.</summary>
    /// <param name="drives">As guestfs_debug_drives(3) describes them.</param>
    internal static DiskFiles Of(IEnumerable<string> drives)
    {
        DiskFiles found = new();
        foreach (string drive in drives)
        {
            found.AddDrive(drive);
        }

        return found;
    }

    // "PATH[ readonly][ format=FORMAT] protocol=PROTOCOL[ ...]": the path may have all of this in it.
    private void AddDrive(string drive)
    {
        for (int at = 0; (at = drive.IndexOf(Protocol, at, StringComparison.Ordinal)) >= 0; at++)
        {
            string path = drive[..at], protocol = drive[(at + Protocol.Length)..].Split(' ')[0];
            string? format = null;
            if (path.LastIndexOf(Format, StringComparison.Ordinal) is >= 0 and var begin)
            {
                format = path[(begin + Format.Length)..];
                path = path[..begin];
            }

            bool isReadOnly = path.EndsWith(ReadOnly, StringComparison.Ordinal);
            path = isReadOnly ? path[..^ReadOnly.Length] : path;
            if (protocol != Local)
            {
                AddServer(protocol);
                return;
            }

            if (RealPath(path) is { } real)
            {
                AddImage(real, format, !isReadOnly);
                return;
            }
        }

        Unknown ??= $"the disk {PrintableText.Line(drive)} was not found";
    }

    private void AddServer(string protocol)
    {
        NeedsNetwork = true;
        if (!Servers.Contains(protocol))
        {
            Unknown ??= $"a disk is reached by {PrintableText.Line(protocol)}, which has files of its own";
        }
    }

    private void AddImage(string path, string? format, bool writable)
    {
        if (files.TryGetValue(path, out bool known))
        {
            files[path] = known || writable;
            return;
        }

        files[path] = writable;
        if (files.Count > MaxFiles)
        {
            Unknown ??= $"{path} has a chain of too many files";
            return;
        }

        // What a guest has written into a raw image must not name files.
        if (format == "raw" || ImageHeader.TryRead(path) is not { } header)
        {
            return;
        }

        foreach (string data in header.DataFiles)
        {
            AddNamed(data, "raw", path, writable);
        }

        if (header.BackingFile is { } backing)
        {
            AddNamed(backing, header.BackingFormat, path, writable: false);
        }
    }

    // A name in an image: relative to it, unless it has a protocol.
    private void AddNamed(string name, string? format, string image, bool writable)
    {
        if (name.StartsWith(Json, StringComparison.Ordinal))
        {
            AddJson(name[Json.Length..], format, writable);
            return;
        }

        int colon = name.IndexOf(':', StringComparison.Ordinal), slash = name.IndexOf('/', StringComparison.Ordinal);
        if (colon > 0 && (slash < 0 || colon < slash))
        {
            if (name[..colon] != Local)
            {
                AddServer(name[..colon]);
                return;
            }

            name = name[(colon + 1)..];
        }

        AddImage(Path.Combine(Path.GetDirectoryName(image) ?? "/", name), format, writable);
    }

    private void AddJson(string text, string? format, bool writable)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            AddJson(document.RootElement, format, writable);
        }
        catch (JsonException)
        {
            Unknown ??= "an image names another one in a way that cannot be read";
        }
    }

    // Nested, or flat with dots: {"driver": "qcow2", "file": {"driver": "file", "filename": "/a"}}, {"file.filename": "/a"}.
    private void AddJson(JsonElement node, string? format, bool writable)
    {
        if (node.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty property in node.EnumerateObject())
        {
            string name = property.Name[(property.Name.LastIndexOf('.') + 1)..];
            string? value = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
            if (name == "driver" && value is not null)
            {
                if (!LocalDrivers.Contains(value))
                {
                    AddServer(value);
                }
                else if (property.Name == name && value is not ("file" or "host_device"))
                {
                    format = value;
                }
            }
            else if (name == "filename" && value is not null)
            {
                // qemu takes it from its own directory, which is this process's.
                AddImage(Path.GetFullPath(value), format, writable);
            }
            else
            {
                AddJson(property.Value, format, writable);
            }
        }
    }

    // As libguestfs names it to qemu; null if it is not there.
    private static string? RealPath(string path)
    {
        using Microsoft.Win32.SafeHandles.SafeFileHandle? file = HostCalls.TryOpen(path, Libc.O_PATH, out _);
        return file is null ? null : HostCalls.TryReadLink($"/proc/self/fd/{file.DangerousGetHandle()}", out _) ?? Path.GetFullPath(path);
    }
}
