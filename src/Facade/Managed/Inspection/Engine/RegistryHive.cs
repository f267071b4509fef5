namespace Guestfs;

/// <summary>A hive of a Windows registry while it is open.</summary>
internal sealed class RegistryHive(GuestfsHandle g, GuestFileReader files)
{
    /// <summary>Opens a hive. One that is damaged loses what is in the damaged part.</summary>
    /// <param name="hive">The file.</param>
    /// <param name="read">Takes the root.</param>
    internal void Read(string hive, Action<long> read)
    {
        try
        {
            g.HivexOpen(hive, new HivexOpenOptions { Unsafe = true });
            try
            {
                read(g.HivexRoot());
            }
            finally
            {
                if (g.State == GuestfsState.Ready)
                {
                    g.HivexClose();
                }
            }
        }
        catch (GuestfsMissingFunctionException)
        {
            throw;
        }
        catch (GuestfsException e) when (g.State == GuestfsState.Ready)
        {
            files.Report(hive, null, "is damaged: " + e.Message, e);
        }
    }

    /// <summary>A key below another one; null if there is none.</summary>
    internal static long? Node(GuestfsHandle g, long node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            node = g.HivexNodeGetChild(node, name);
            if (node == 0)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>A value that is a string; null if there is none.</summary>
    internal static string? Text(GuestfsHandle g, long node, string name) =>
        g.HivexNodeGetValue(node, name) is var value && value != 0 ? g.HivexValueString(value) : null;
}
