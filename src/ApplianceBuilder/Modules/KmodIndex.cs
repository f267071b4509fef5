// The format of modules.*.bin: a trie of keys, each node a prefix, a table of children by character, and values. Big-endian.
using System.Buffers.Binary;
using System.Text;

namespace Guestfs.Appliances.Modules;

/// <summary>Encodes an index of libkmod, format 2.1, with the nodes in the order in which depmod up to version 33 writes them.</summary>
internal sealed class KmodIndex
{
    private const uint Magic = 0xB007F457, Version = 0x00020001;
    private const uint HasPrefix = 0x80000000, HasValues = 0x40000000, HasChildren = 0x20000000, MaxOffset = 0x0FFFFFFF;
    private const int RootReference = 8;

    // Readers have buffers of that many bytes.
    private const int MaxKeyLength = 4095;

    private readonly KmodIndexEntry[] entries;
    private readonly List<byte> output = [];

    private KmodIndex(KmodIndexEntry[] entries) => this.entries = entries;

    /// <summary>Encodes the index.</summary>
    /// <param name="entries">The lines in any order; of those with the same key and priority, the last comes first.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ApplianceException">A text is not ASCII, or one or all are too long.</exception>
    internal static byte[] Encode(IEnumerable<KmodIndexEntry> entries, string path, CancellationToken cancellationToken)
    {
        KmodIndexEntry[] sorted =
        [
            .. entries.Reverse().OrderBy(entry => entry.Key, StringComparer.Ordinal).ThenBy(entry => entry.Priority),
        ];
        if (Array.Find(sorted, entry => !IsEncodable(entry)) is { Key: { } key })
        {
            throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{path} cannot contain '{key}': it is not ASCII, or too long. Install the kernel package again.");
        }

        return new KmodIndex(sorted).Encode(path, cancellationToken);
    }

    private static bool IsEncodable(KmodIndexEntry entry) =>
        entry.Key.Length <= MaxKeyLength && IsEncodable(entry.Key) && IsEncodable(entry.Value);

    private static bool IsEncodable(string text) => Ascii.IsValid(text) && !text.Contains('\0', StringComparison.Ordinal);

    private byte[] Encode(string path, CancellationToken cancellationToken)
    {
        WriteNumber(Magic);
        WriteNumber(Version);
        WriteNumber(0);

        // A node holds the offsets of its children, so the nodes are written in reverse: children come first.
        List<KmodIndexNode> nodes = Divide(cancellationToken);
        uint reference = 0;
        for (int i = nodes.Count - 1; i >= 0; i--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (output.Count > MaxOffset)
            {
                throw new ApplianceException(
                    ApplianceProblem.InvalidInput, $"{path} becomes larger than its format allows. Install the kernel package again.");
            }

            reference = Write(nodes[i]);
            if (nodes[i].Parent is { } parent)
            {
                parent.Children[CharacterAfter(parent, nodes[i].Start) - CharacterAfter(parent, parent.ValuesEnd)] = reference;
            }
        }

        byte[] index = [.. output];
        BinaryPrimitives.WriteUInt32BigEndian(index.AsSpan(RootReference), reference);
        return index;
    }

    // The nodes: each before those below it, and of these the last first. Not by recursion: the depth is the input's to choose.
    private List<KmodIndexNode> Divide(CancellationToken cancellationToken)
    {
        List<KmodIndexNode> nodes = [];

        // The root has no prefix, also when all keys begin alike.
        Stack<KmodIndexNode> pending = new([NewNode(0, entries.Length, 0, 0, null)]);
        while (pending.TryPop(out KmodIndexNode? node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Add(node);
            for (int start = node.ValuesEnd; start < node.End;)
            {
                int end = start + 1;
                while (end < node.End && CharacterAfter(node, end) == CharacterAfter(node, start))
                {
                    end++;
                }

                // The keys are sorted: what the first and the last have in common, all have.
                int prefixEnd = entries[start].Key.AsSpan().CommonPrefixLength(entries[end - 1].Key);
                pending.Push(NewNode(start, end, node.PrefixEnd + 1, prefixEnd, node));
                start = end;
            }
        }

        return nodes;
    }

    private KmodIndexNode NewNode(int start, int end, int prefixStart, int prefixEnd, KmodIndexNode? parent)
    {
        int valuesEnd = start;
        while (valuesEnd < end && entries[valuesEnd].Key.Length == prefixEnd)
        {
            valuesEnd++;
        }

        int children = valuesEnd == end ? 0 : entries[end - 1].Key[prefixEnd] - entries[valuesEnd].Key[prefixEnd] + 1;
        return new KmodIndexNode(start, end, prefixStart, parent)
        {
            PrefixEnd = prefixEnd,
            ValuesEnd = valuesEnd,
            Children = new uint[children],
        };
    }

    private char CharacterAfter(KmodIndexNode node, int entry) => entries[entry].Key[node.PrefixEnd];

    // Returns the node's place with flags that say what it consists of.
    private uint Write(KmodIndexNode node)
    {
        uint reference = (uint)output.Count;
        if (node.PrefixEnd > node.PrefixStart)
        {
            reference |= HasPrefix;
            WriteText(entries[node.Start].Key.AsSpan(node.PrefixStart..node.PrefixEnd));
        }

        if (node.Children.Length > 0)
        {
            reference |= HasChildren;
            output.Add((byte)CharacterAfter(node, node.ValuesEnd));
            output.Add((byte)CharacterAfter(node, node.End - 1));
            foreach (uint child in node.Children)
            {
                WriteNumber(child);
            }
        }

        if (node.ValuesEnd > node.Start)
        {
            reference |= HasValues;
            WriteNumber((uint)(node.ValuesEnd - node.Start));
            foreach (KmodIndexEntry entry in entries.AsSpan(node.Start..node.ValuesEnd))
            {
                WriteNumber((uint)entry.Priority);
                WriteText(entry.Value);
            }
        }

        return reference;
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            output.Add((byte)c);
        }

        output.Add(0);
    }

    private void WriteNumber(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        output.AddRange(bytes);
    }
}

/// <summary>A line of an index.</summary>
/// <param name="Key">What is looked up. May hold <c>*</c>, <c>?</c> and <c>[]</c>.</param>
/// <param name="Value">What is found.</param>
/// <param name="Priority">Among the values of a key, those with small numbers come first.</param>
internal readonly record struct KmodIndexEntry(string Key, string Value, int Priority);

/// <summary>A node of an index that is being encoded: the lines whose keys begin with the same characters.</summary>
/// <param name="Start">The first of its lines.</param>
/// <param name="End">The line after the last.</param>
/// <param name="PrefixStart">How many characters of their keys its parents say.</param>
/// <param name="Parent">The node above; null for the root.</param>
internal sealed record KmodIndexNode(int Start, int End, int PrefixStart, KmodIndexNode? Parent)
{
    /// <summary>How many characters all of the keys have in common.</summary>
    public required int PrefixEnd { get; init; }

    /// <summary>The line after those whose keys end here.</summary>
    public required int ValuesEnd { get; init; }

    /// <summary>Where the nodes below are, by the next character of the keys, from the first in use to the last.</summary>
    public required uint[] Children { get; init; }
}
