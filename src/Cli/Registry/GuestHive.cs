// A file of the registry, which hivex reads and changes in the appliance: what is in a hostile one meets nothing of this host.
using System.Buffers.Binary;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Registry;

/// <summary>An open hive. A handle has one at a time.</summary>
internal sealed class GuestHive : IDisposable
{
    private const string CurrentControlSet = "CurrentControlSet";

    // Of the two numbers in the head of a hive the first is raised before it is written to, the second after.
    private const int SequenceNumbers = 4, SequenceNumber = 4;

    private readonly GuestfsHandle g;
    private readonly string file;

    private GuestHive(GuestfsHandle g, string file) => (this.g, this.file) = (g, file);

    /// <summary>Opens one.</summary>
    internal static GuestHive Open(GuestfsHandle g, string file, bool writes)
    {
        g.HivexOpen(file, new HivexOpenOptions { Write = writes });
        return new(g, file);
    }

    /// <summary>Warns of a hive that Windows was still at. hivex does not read its log, and says of what it writes that it is
    /// whole.</summary>
    internal static void CheckClosed(GuestfsHandle g, string file)
    {
        byte[] numbers = g.Pread(file, 2 * SequenceNumber, SequenceNumbers);
        if (!numbers.AsSpan(0, numbers.Length / 2).SequenceEqual(numbers.AsSpan(numbers.Length / 2)))
        {
            Messages.Warn($"{file} was not closed by Windows, whose last changes may be in a log beside it: they are not seen here, and "
                + "are lost where the file is changed. To have them, start Windows and shut it down.");
        }
    }

    /// <summary>The node of a key; null if it is not there.</summary>
    internal long? Find(RegistryKey key)
    {
        long node = g.HivexRoot();
        foreach (string name in Real(key))
        {
            node = g.HivexNodeGetChild(node, name);
            if (node == 0)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>The same of one that is made, and those above it, where it is not there.</summary>
    internal long Make(RegistryKey key)
    {
        long node = g.HivexRoot();
        foreach (string name in Real(key))
        {
            long child = g.HivexNodeGetChild(node, name);
            node = child != 0 ? child : g.HivexNodeAddChild(node, name);
        }

        return node;
    }

    /// <summary>The keys below a node.</summary>
    internal IEnumerable<(string Name, long Node)> Keys(long node) =>
        g.HivexNodeChildren(node).Select(child => (g.HivexNodeName(child.NodeH), child.NodeH));

    /// <summary>The values of a node.</summary>
    internal IEnumerable<RegistryValue> Values(long node) =>
        g.HivexNodeValues(node).Select(value => Read(value.ValueH, g.HivexValueKey(value.ValueH)));

    /// <summary>A value of a node; null if it is not there.</summary>
    internal RegistryValue? Value(long node, string name) =>
        g.HivexNodeGetValue(node, name) is var value && value != 0 ? Read(value, name) : null;

    internal void Set(long node, RegistryValue value) => g.HivexNodeSetValue(node, value.Name, value.Type, value.Data);

    internal void Delete(long node) => g.HivexNodeDeleteChild(node);

    /// <summary>Writes the changes. They go into the file itself, which keeps its permissions so; a copy of what it becomes is beside it
    /// meanwhile.</summary>
    internal void Commit()
    {
        string copy = FileReplacement.NameBeside(file);
        try
        {
            g.HivexCommit(copy);
            g.Sync();
        }
        catch (GuestfsException) when (g.State == GuestfsState.Ready)
        {
            g.RmF(copy);
            throw;
        }

        try
        {
            g.HivexCommit(null);
            g.Sync();
        }
        catch (GuestfsException e)
        {
            throw new GuestfsException(e.Operation, e.Errno, $"{file} is half-written: {copy} is what it was to become. {e.Message}", e);
        }

        g.Rm(copy);
    }

    public void Dispose()
    {
        if (g.State == GuestfsState.Ready)
        {
            g.HivexClose();
        }
    }

    private RegistryValue Read(long value, string name) => new(name, g.HivexValueType(value), g.HivexValueValue(value));

    // Windows has the set that it started with under this name, too.
    private IReadOnlyList<string> Real(RegistryKey key)
    {
        if (key.Path is not [var first, ..]
            || !first.Equals(CurrentControlSet, StringComparison.OrdinalIgnoreCase)
            || !key.File.EndsWith(@"\SYSTEM", StringComparison.Ordinal))
        {
            return key.Path;
        }

        long select = g.HivexNodeGetChild(g.HivexRoot(), "Select");
        return select != 0 && Value(select, "Current") is { Data: { Length: 4 } number }
            ? [$"ControlSet{BinaryPrimitives.ReadUInt32LittleEndian(number):000}", .. key.Path.Skip(1)]
            : throw new GuestfsException("registry", 0, $"{file} does not say which is the {CurrentControlSet}: name it by its number.");
    }
}
