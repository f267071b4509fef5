// The metadata of a BitLocker volume, as cryptsetup reads it (lib/bitlk): a list of entries, of which each key that opens the volume
// has one with an identifier and what it is.
using System.Text;

namespace Guestfs;

/// <summary>What a BitLocker volume says of itself and of the keys that open it.</summary>
internal sealed class BitLockerHeader
{
    private const int MetadataSize = 64 << 10, BlockHeader = 64, MetadataHeader = 48, EntryHeader = 8, MasterKeyHeader = 28;
    private const int OffsetsAt = 160, OffsetsAtToGo = 424, GuidSize = 16, Copies = 3;
    private const int MasterKeyEntry = 2, MasterKeyValue = 8, DescriptionEntry = 7, StringValue = 2;

    // Real ones have one or two.
    private const int MostKeys = 16;

    private readonly List<string> others = [];

    /// <summary>The volume's own GUID, in lower case; null if it cannot be read.</summary>
    internal string? Uuid { get; private set; }

    /// <summary>The machine, drive and day that Windows has written into it.</summary>
    internal string? Description { get; private set; }

    /// <summary>The identifiers of its recovery keys, by which Windows and directories of recovery keys know them.</summary>
    internal List<string> RecoveryKeys { get; } = [];

    internal bool HasPassphrase { get; private set; }

    /// <summary>Whether Windows was told to go on encrypting what is written, and nothing else yet; cryptsetup cannot open that.</summary>
    internal bool IsOnWrite { get; private set; }

    /// <summary>Reads the first copy that can be read.</summary>
    internal static BitLockerHeader Read(BlockReader device)
    {
        BitLockerHeader header = new();
        byte[] start = device.Read(0, 512).ToArray();
        int at = ((ReadOnlySpan<byte>)start).Has(3, "MSWIN4.1"u8) ? OffsetsAtToGo : OffsetsAt;
        header.IsOnWrite = ((ReadOnlySpan<byte>)start).Has(at, [0x3b, 0x4d, 0xa8, 0x92, 0x80, 0xdd, 0x0e, 0x4d]);
        for (int copy = 0; copy < Copies; copy++)
        {
            ulong offset = ((ReadOnlySpan<byte>)start).U64(at + GuidSize + (copy * sizeof(ulong)));
            if (offset is > 0 and < long.MaxValue && device.Read((long)offset, MetadataSize) is { Length: MetadataSize } metadata
                && metadata.Has(0, "-FVE-FS-"u8))
            {
                header.Uuid = new Guid(metadata.Slice(BlockHeader + GuidSize, GuidSize)).ToString();
                header.ReadEntries(metadata);
                break;
            }
        }

        return header;
    }

    /// <summary>A line about what opens it; nothing if that is not known.</summary>
    internal string Text()
    {
        List<string> ways = [];
        if (HasPassphrase)
        {
            ways.Add("its passphrase");
        }

        if (RecoveryKeys.Count > 0)
        {
            ways.Add($"the recovery key with the identifier {string.Join(" or ", RecoveryKeys)}");
        }

        string text = ways.Count == 0 ? "" : $"\nIt opens with {string.Join(", or with ", ways)}.";
        if (others.Count > 0)
        {
            text += $"\nIts owner also opens it with {string.Join(", ", others)}, which cannot be given here.";
        }

        return text + (IsOnWrite
            ? "\nIt is encrypted as it is written (encrypt-on-write), which cryptsetup cannot open: have Windows encrypt or decrypt it "
                + "wholly."
            : "");
    }

    private void ReadEntries(ReadOnlySpan<byte> metadata)
    {
        int end = (int)Math.Min(BlockHeader + metadata.U32(BlockHeader), MetadataSize);
        for (int at = BlockHeader + MetadataHeader; at + EntryHeader <= end;)
        {
            int size = metadata.U16(at);
            if (size < EntryHeader)
            {
                return;
            }

            if (metadata.U16(at + 2) == MasterKeyEntry && metadata.U16(at + 4) == MasterKeyValue
                && BlockBytes.At(metadata, at + EntryHeader, MasterKeyHeader) is { Length: MasterKeyHeader } key)
            {
                Add(key.U16(MasterKeyHeader - 2), new Guid(key[..GuidSize]).ToString("D"));
            }
            else if (Description is null && metadata.U16(at + 2) == DescriptionEntry && metadata.U16(at + 4) == StringValue)
            {
                Description = Encoding.Unicode.GetString(BlockBytes.At(metadata, at + EntryHeader, size - EntryHeader)).TrimEnd('\0');
            }

            at += size;
        }
    }

    private void Add(int protection, string identifier)
    {
        switch (protection)
        {
            case 0x0800 when RecoveryKeys.Count < MostKeys:
                RecoveryKeys.Add(identifier.ToUpperInvariant());
                break;
            case 0x0800:
                break;
            case 0x2000:
                HasPassphrase = true;
                break;
            default:
                string other = protection switch
                {
                    0x0000 => "a key that lies open on the disk while its protection is suspended",
                    0x0100 => "the TPM of its machine",
                    0x0200 => $"the startup key in the file {identifier.ToUpperInvariant()}.BEK",
                    0x0500 => "the TPM of its machine and a PIN",
                    0x1000 => "a smart card",
                    _ => "a key of an unknown kind",
                };
                if (others.Count < MostKeys && !others.Contains(other))
                {
                    others.Add(other);
                }

                break;
        }
    }
}
