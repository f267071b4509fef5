// Opens encrypted devices with the keys that are given, and tells of those that stay closed. What is opened stays open, since
// the filesystems in it are what is mounted afterwards.
using System.Globalization;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The encrypted devices of an appliance.</summary>
internal sealed class EncryptedDevices(GuestfsHandle g, IReadOnlyList<GuestKey> keys)
{
    // What the appliance itself takes of its memory, at the least, in MiB: seen are 75 to 80.
    private const int OwnMemory = 64;

    // What is to be added to the need of a key for a size that does.
    private const int Reserve = 192;

    private readonly Dictionary<string, GuestDeviceException> failures = new(StringComparer.Ordinal);

    /// <summary>Finds all devices and opens what it can. Behind what is opened there may be more to open: logical volumes, and in them
    /// encrypted devices again.</summary>
    internal BlockDevices FindAndOpen()
    {
        while (true)
        {
            BlockDevices devices = BlockDevices.Find(g);
            if (keys.Count == 0 || !Open(devices))
            {
                return devices;
            }
        }
    }

    /// <summary>All of them, after they were opened.</summary>
    internal static GuestEncryptedDevice[] List(BlockDevices devices)
    {
        List<GuestEncryptedDevice> list = [];
        foreach (BlockDevice device in devices.All)
        {
            if (device.Signature is { IsEncrypted: true } signature)
            {
                string clear = Clear(device.Name, devices);
                list.Add(new GuestEncryptedDevice(
                    device.Name, signature.Type, signature.Uuid, clear == device.Name ? null : clear));
            }
        }

        return [.. list];
    }

    /// <summary>Why the closed ones are not open.</summary>
    internal List<GuestfsException> Problems(IEnumerable<GuestEncryptedDevice> devices)
    {
        List<GuestfsException> problems = [];
        foreach (GuestEncryptedDevice device in devices)
        {
            if (device.Mapping is null)
            {
                problems.Add(failures.GetValueOrDefault(device.Device) ?? new GuestDeviceException(
                    device.Device,
                    $"is encrypted ({device.Type}), and was not looked into: give a key for it with "
                        + $"{ApiName.Option(nameof(InspectOptions), nameof(InspectOptions.Keys))}."
                        + OtherWays(device.Device, device.Type)));
            }
        }

        return problems;
    }

    /// <summary>The device with the clear data of one: named by what identifies it, so that the next inspection finds it again. A copy
    /// of a disk is told from it by where it is.</summary>
    internal static string Mapping(BlockDevice device, BlockDevices devices) =>
        device.Signature is { Uuid: { } uuid } && Guid.TryParseExact(uuid, "D", out _) && devices.Encrypted(uuid) == device
            ? $"{BlockDevices.Mapper}luks-{uuid}"
            : $"{BlockDevices.Mapper}crypt-{device.Name["/dev/".Length..].Replace('/', '-')}";

    /// <summary>The encrypted device that a mapping was opened of; null if it is none.</summary>
    internal static BlockDevice? Container(string mapping, BlockDevices devices) =>
        devices.All.FirstOrDefault(d => d.Signature is { IsEncrypted: true } && Mapping(d, devices) == mapping);

    /// <summary>What was opened of an encrypted device; the device itself if it is closed, or not encrypted.</summary>
    internal static string Clear(string device, BlockDevices devices) =>
        devices.Named(device) is { Signature.IsEncrypted: true } found && Mapping(found, devices) is var mapping
        && devices.Named(mapping) is not null
            ? mapping
            : device;

    private bool Open(BlockDevices devices)
    {
        bool opened = false;
        bool hasVolumes = false;
        foreach (BlockDevice device in devices.All)
        {
            string mapping = Mapping(device, devices);
            if (device.Signature is { IsEncrypted: true } && devices.Named(mapping) is null && !failures.ContainsKey(device.Name)
                && Open(device, mapping, devices))
            {
                opened = true;
                DeviceReader inside = new(g, mapping, null);
                hasVolumes |= BlockSignature.Find(inside, inside.Start()) is { Type: "LVM2_member" };
            }
        }

        if (hasVolumes)
        {
            try
            {
                g.LvmScan(true);
            }
            catch (GuestfsException) when (g.State == GuestfsState.Ready)
            {
                // Then there are no volumes to be found.
            }
        }

        return opened;
    }

    private bool Open(BlockDevice device, string mapping, BlockDevices devices)
    {
        List<string> candidates = [];
        foreach (GuestKey key in keys)
        {
            if (key.Device is null || IsFor(key.Device, device, devices))
            {
                candidates.AddRange(key.Candidates);
            }
        }

        if (candidates.Count == 0)
        {
            return false;
        }

        LuksHeader header = Header(device.Name);
        int memory = g.GetMemsize();
        if (header.LeastMemory >> 10 > memory - OwnMemory)
        {
            failures[device.Name] = new GuestDeviceException(device.Name, "is encrypted, and was not opened: " + Need(header, memory));
            return false;
        }

        GuestfsException? last = null;
        foreach (string candidate in candidates)
        {
            try
            {
                g.CryptsetupOpen(device.Name, candidate, mapping[BlockDevices.Mapper.Length..], new()
                {
                    ReadOnly = g.AnswerOr(() => g.BlockdevGetro(device.Name), false),
                    CryptType = device.Signature is { Type: "BitLocker" } ? "bitlk" : "luks",
                });
                return true;
            }
            catch (GuestfsException e) when (g.State == GuestfsState.Ready)
            {
                last = e;
            }
        }

        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"is encrypted, and {(candidates.Count == 1 ? "the key does not open it" : $"none of {candidates.Count} keys opens it")}: ");
        string help = header.MostMemory >> 10 > memory - Reserve ? "\n" + Need(header, memory) : "";
        failures[device.Name] = new GuestDeviceException(
            device.Name, what + last!.Message + help + OtherWays(device.Name, device.Signature!.Type), last);
        return false;
    }

    private LuksHeader Header(string device) => LuksHeader.Read(new DeviceReader(g, device, null));

    private string OtherWays(string device, string type)
    {
        if (type == "BitLocker")
        {
            return BitLockerHeader.Read(new DeviceReader(g, device, null)).Text();
        }

        List<string> tokens = Header(device).Tokens;
        return tokens.Count == 0
            ? ""
            : $"\nIts owner opens it with {PrintableText.Line(string.Join(", ", tokens))}. {GuestKey.NoClevis}";
    }

    private static string Need(LuksHeader header, int memory) => string.Create(
        CultureInfo.InvariantCulture,
        $"a key of it needs {header.MostMemory >> 10} MiB of memory, and the appliance has {memory} in all. Give it more before ")
        + $"{ApiName.Function(nameof(GuestfsHandle.Launch))}: {ApiName.Function(nameof(GuestfsHandle.SetMemsize))} with "
        + string.Create(CultureInfo.InvariantCulture, $"{(header.MostMemory >> 10) + Reserve}.");

    // A volume has two names.
    private static bool IsFor(string name, BlockDevice device, BlockDevices devices) =>
        name == device.Name
        || string.Equals(name, device.Signature?.Uuid, StringComparison.OrdinalIgnoreCase)
        || (name.StartsWith(BlockDevices.Mapper, StringComparison.Ordinal) && devices.LogicalVolumes.Contains(device.Name)
            && FstabDevices.MapperName(device.Name) == name[BlockDevices.Mapper.Length..]);
}
