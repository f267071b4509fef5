using System.Text.Json.Serialization;

namespace Guestfs;

/// <summary>
/// How System.Text.Json writes and reads the structures that calls return, arrays of them, and what a launch has chosen, without
/// reflection and so in programs of NativeAOT, too:
/// <c>JsonSerializer.Serialize(g.Statns("/etc"), GuestfsStructuresJsonContext.Default.StatNs)</c>. Names are those of the properties in
/// camelCase. <see cref="GuestfsJsonContext"/> has what inspection finds.
/// </summary>
/// <remarks>A context of its own: a program that writes one of both has no code for the other.</remarks>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Application[]))]
[JsonSerializable(typeof(Application2))]
[JsonSerializable(typeof(Application2[]))]
[JsonSerializable(typeof(BtrfsBalance))]
[JsonSerializable(typeof(BtrfsBalance[]))]
[JsonSerializable(typeof(BtrfsQgroup))]
[JsonSerializable(typeof(BtrfsQgroup[]))]
[JsonSerializable(typeof(BtrfsScrub))]
[JsonSerializable(typeof(BtrfsScrub[]))]
[JsonSerializable(typeof(BtrfsSubvolume))]
[JsonSerializable(typeof(BtrfsSubvolume[]))]
[JsonSerializable(typeof(Dirent))]
[JsonSerializable(typeof(Dirent[]))]
[JsonSerializable(typeof(GuestfsVersion))]
[JsonSerializable(typeof(GuestfsVersion[]))]
[JsonSerializable(typeof(HivexNode))]
[JsonSerializable(typeof(HivexNode[]))]
[JsonSerializable(typeof(HivexValue))]
[JsonSerializable(typeof(HivexValue[]))]
[JsonSerializable(typeof(InotifyEvent))]
[JsonSerializable(typeof(InotifyEvent[]))]
[JsonSerializable(typeof(IntBool))]
[JsonSerializable(typeof(IntBool[]))]
[JsonSerializable(typeof(IsoInfo))]
[JsonSerializable(typeof(IsoInfo[]))]
[JsonSerializable(typeof(LvmLv))]
[JsonSerializable(typeof(LvmLv[]))]
[JsonSerializable(typeof(LvmPv))]
[JsonSerializable(typeof(LvmPv[]))]
[JsonSerializable(typeof(LvmVg))]
[JsonSerializable(typeof(LvmVg[]))]
[JsonSerializable(typeof(MdStat))]
[JsonSerializable(typeof(MdStat[]))]
[JsonSerializable(typeof(Partition))]
[JsonSerializable(typeof(Partition[]))]
[JsonSerializable(typeof(Stat))]
[JsonSerializable(typeof(Stat[]))]
[JsonSerializable(typeof(StatNs))]
[JsonSerializable(typeof(StatNs[]))]
[JsonSerializable(typeof(StatVfs))]
[JsonSerializable(typeof(StatVfs[]))]
[JsonSerializable(typeof(TskDirent))]
[JsonSerializable(typeof(TskDirent[]))]
[JsonSerializable(typeof(UtsName))]
[JsonSerializable(typeof(UtsName[]))]
[JsonSerializable(typeof(Xattr))]
[JsonSerializable(typeof(Xattr[]))]
[JsonSerializable(typeof(XfsInfo))]
[JsonSerializable(typeof(XfsInfo[]))]
[JsonSerializable(typeof(YaraDetection))]
[JsonSerializable(typeof(YaraDetection[]))]
[JsonSerializable(typeof(GuestfsDirectoryEntry))]
[JsonSerializable(typeof(GuestfsDirectoryEntry[]))]
[JsonSerializable(typeof(ExtractReport))]
[JsonSerializable(typeof(AcceleratorChoice))]
[JsonSerializable(typeof(ConfinementChoice))]
[JsonSerializable(typeof(ResumeChoice))]
public sealed partial class GuestfsStructuresJsonContext : JsonSerializerContext;
