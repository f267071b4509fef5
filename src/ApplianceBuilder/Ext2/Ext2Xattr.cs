// One extended attribute as ext2 has it: a number for the namespace, the rest of the name, and ACLs in a shorter form.
using System.Numerics;
using System.Text;

using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Ext2.Ext2Format;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Guestfs.Appliances.Ext2;

/// <summary>An extended attribute and its entry in an attribute table.</summary>
internal readonly record struct Ext2Xattr : IComparable<Ext2Xattr>
{
    private const int HeaderSize = 16;

    /// <summary>The namespace's number.</summary>
    internal required byte Namespace { get; init; }

    /// <summary>The name within the namespace.</summary>
    internal required byte[] Name { get; init; }

    /// <summary>The value as it stands on disk.</summary>
    internal required ReadOnlyMemory<byte> Value { get; init; }

    /// <summary>What its entry takes.</summary>
    internal int EntrySize => HeaderSize + Align4(Name.Length);

    /// <summary>What its value takes.</summary>
    internal int ValueSize => Align4(Value.Length);

    /// <summary>Turns an attribute of the plan into ext2's form.</summary>
    /// <exception cref="ApplianceException">ext2 has no such namespace, or the value is not what its name says.</exception>
    internal static Ext2Xattr From(string path, ExtendedAttribute attribute)
    {
        (string prefix, byte number) = attribute.Name switch
        {
            "system.posix_acl_access" => (attribute.Name, (byte)2),
            "system.posix_acl_default" => (attribute.Name, (byte)3),
            _ when attribute.Name.StartsWith("user.", StringComparison.Ordinal) => ("user.", (byte)1),
            _ when attribute.Name.StartsWith("trusted.", StringComparison.Ordinal) => ("trusted.", (byte)4),
            _ when attribute.Name.StartsWith("security.", StringComparison.Ordinal) => ("security.", (byte)6),
            _ => throw new ApplianceException(
                ApplianceProblem.InvalidInput,
                $"{path} has the extended attribute {attribute.Name}, which an ext2 filesystem cannot have. Leave it out."),
        };
        bool isAcl = number is 2 or 3;
        byte[] name = Encoding.UTF8.GetBytes(attribute.Name[prefix.Length..]);
        if (name.Length > MaxNameLength || name.Length == 0 != isAcl)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{path} has an extended attribute whose name is too short or too long: {attribute.Name}.");
        }

        return new Ext2Xattr
        {
            Namespace = number,
            Name = name,
            Value = isAcl ? Ext2Acl.Convert(path, attribute.Value.Span) : attribute.Value,
        };
    }

    /// <summary>The order that the kernel expects in a block of attributes.</summary>
    public int CompareTo(Ext2Xattr other) => (Namespace, Name.Length).CompareTo((other.Namespace, other.Name.Length)) is var order and not 0
        ? order
        : Name.AsSpan().SequenceCompareTo(other.Name);

    /// <summary>Writes the entry over zeros, and the value where the entry says.</summary>
    /// <param name="target">Where the entry goes.</param>
    /// <param name="valueArea">What the value's offset counts from.</param>
    /// <param name="valueOffset">Where the value goes.</param>
    /// <returns>The entry's hash.</returns>
    internal uint Encode(Span<byte> target, Span<byte> valueArea, int valueOffset)
    {
        Span<byte> value = valueArea.Slice(valueOffset, ValueSize);
        Value.Span.CopyTo(value);
        uint hash = Hash(value);
        target[0] = (byte)Name.Length;
        target[1] = Namespace;
        WriteUInt16LittleEndian(target[2..], (ushort)(Value.IsEmpty ? 0 : valueOffset));
        WriteUInt32LittleEndian(target[8..], (uint)Value.Length);
        WriteUInt32LittleEndian(target[12..], hash);
        Name.CopyTo(target[HeaderSize..]);
        return hash;
    }

    private uint Hash(ReadOnlySpan<byte> paddedValue)
    {
        uint hash = 0;
        foreach (byte character in Name)
        {
            hash = BitOperations.RotateLeft(hash, 5) ^ character;
        }

        for (int i = 0; i < paddedValue.Length; i += 4)
        {
            hash = BitOperations.RotateLeft(hash, 16) ^ ReadUInt32LittleEndian(paddedValue[i..]);
        }

        return hash;
    }
}
