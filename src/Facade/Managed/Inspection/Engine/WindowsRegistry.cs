using System.Buffers.Binary;

namespace Guestfs;

/// <summary>Reads the few keys that tell what a Windows is. A damaged hive loses what is in the damaged part.</summary>
internal sealed class WindowsRegistry(GuestfsHandle g, BlockDevices devices, GuestFileReader files)
{
    private const int Binary = 3;

    // Every stick that was ever plugged in leaves some.
    private const int MaxValues = 2000;

    private string hive = "";

    internal void ReadSoftware(string hive, GuestFacts facts) => Read(hive, root =>
    {
        if (Node(root, "Microsoft", "Windows NT", "CurrentVersion") is { } version)
        {
            facts.ProductName = Text(version, "ProductName");
            facts.Version = Number(version, "CurrentMajorVersionNumber") is { } major
                && Number(version, "CurrentMinorVersionNumber") is { } minor
                    ? new GuestVersion(major, minor)
                    : GuestVersion.Find(Text(version, "CurrentVersion") ?? "");
            facts.ProductVariant = Text(version, "InstallationType");
            facts.BuildId = Text(version, "CurrentBuildNumber");
        }

        bool policy = Node(root, "Microsoft", "Windows", "CurrentVersion", "Group Policy", "History") is { } history
            && Try("History", () => g.HivexNodeChildren(history)
                .Take(MaxValues)
                .Any(c => g.HivexNodeName(c.NodeH) is ['{', char first, .., '}'] && char.IsAsciiHexDigit(first)));
        facts.Windows = facts.Windows! with { HasGroupPolicy = policy };
    });

    internal void ReadSystem(string hive, GuestFacts facts) => Read(hive, root =>
    {
        if (Node(root, "Select") is { } select && Number(select, "Current") is { } number)
        {
            string set = $"ControlSet{number:000}";
            facts.Windows = facts.Windows! with { CurrentControlSet = set };
            facts.HostName = Node(root, set, "Services", "Tcpip", "Parameters") is { } parameters ? Text(parameters, "Hostname") : null;
        }

        if (Node(root, "MountedDevices") is { } mounted)
        {
            facts.DriveMappings = Drives(mounted);
        }
    });

    private void Read(string file, Action<long> read)
    {
        hive = file;
        new RegistryHive(g, files).Read(file, read);
    }

    // What is damaged, or of another kind than Windows writes, takes only itself.
    private T? Try<T>(string name, Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (GuestfsMissingFunctionException)
        {
            throw;
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            files.Report(hive, null, $"is damaged at {name}: {e.Message}", e);
            return default;
        }
    }

    private long? Node(long node, params string[] path) => Try(path[^1], () => RegistryHive.Node(g, node, path));

    private string? Text(long node, string name) => Try(name, () => RegistryHive.Text(g, node, name));

    private int? Number(long node, string name) => Try<int?>(name, () =>
        g.HivexNodeGetValue(node, name) is var value && value != 0 && g.HivexValueValue(value) is { Length: 4 } bytes
        && BinaryPrimitives.ReadInt32LittleEndian(bytes) is >= 0 and int number
            ? number
            : null);

    // \DosDevices\C: has the disk and the partition, by the kind of partition table.
    private Dictionary<string, string> Drives(long node)
    {
        const string Prefix = @"\DosDevices\";
        Dictionary<string, string> drives = new(StringComparer.OrdinalIgnoreCase);
        foreach (HivexValue value in Try("MountedDevices", () => g.HivexNodeValues(node))?.Take(MaxValues) ?? [])
        {
            string? key = Try("MountedDevices", () => g.HivexValueKey(value.ValueH));
            if (key?.Length >= Prefix.Length + 2 && key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && char.IsAsciiLetter(key[Prefix.Length]) && key[Prefix.Length + 1] == ':'
                && Try(key, () => g.HivexValueType(value.ValueH) == Binary ? g.HivexValueValue(value.ValueH) : null) is { } place
                && Device(place) is { } device)
            {
                // What Windows has on an encrypted partition is in what was opened of it.
                drives.TryAdd(key[Prefix.Length].ToString(), EncryptedDevices.Clear(device, devices));
            }
        }

        return drives;
    }

    private string? Device(ReadOnlySpan<byte> value)
    {
        const int MbrSize = 12, GptSize = 24, GuidAt = 8;
        if (value.Length >= GptSize && value.StartsWith("DMIO:ID:"u8))
        {
            string uuid = new Guid(value.Slice(GuidAt, 16)).ToString();
            return devices.All.FirstOrDefault(d => d.Partition?.Uuid == uuid)?.Name;
        }

        if (value.Length != MbrSize)
        {
            return null;
        }

        uint disk = value.U32(0);
        long start = (long)value.U64(4);
        foreach (PartitionedDisk table in devices.Tables)
        {
            if (!table.Table.IsGpt && table.Table.DiskId == disk)
            {
                return table.Table.Partitions.FirstOrDefault(p => p.Start == start) is { } found ? $"{table.Name}{found.Number}" : null;
            }
        }

        return null;
    }
}
