// rpm's database in the forms that it has had. Whose it is does not matter here: the builder reads this host's, inspection a guest's,
// which may be made to harm. So nothing that is read decides how long a loop runs or how much is allocated beyond the size of the
// file itself, and what is damaged is told while the rest is read.
namespace Guestfs.Interop;

/// <summary>Reads the headers of all packages.</summary>
internal static class RpmDatabaseFile
{
    /// <summary>What is behind the name of an SQLite database with changes that are not in it yet.</summary>
    internal const string LogSuffix = "-wal";

    /// <summary>Where a database is, in the order in which to look: where a system has moved its own, the old folder may still be
    /// there.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/Packages.db", "/usr/lib/sysimage/rpm/Packages",
        "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages.db", "/var/lib/rpm/Packages",
    ];

    /// <summary>Goes through all headers.</summary>
    /// <param name="file">The database.</param>
    /// <param name="log">Of an SQLite database the write-ahead log; empty if there is none.</param>
    /// <param name="header">Takes a header, whose bytes are good until it returns. It may throw an
    /// <see cref="InvalidDataException"/>.</param>
    /// <param name="damaged">Takes what is wrong.</param>
    internal static void Read(byte[] file, byte[] log, Action<ReadOnlySpan<byte>> header, Action<string> damaged)
    {
        DatabaseScan scan = new(header, damaged);
        if (log.Length > 0)
        {
            file = SqliteLog.Apply(file, log);
        }

        scan.Allow(file.Length);
        if (SqliteTable.IsDatabase(file))
        {
            // CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)
            SqliteTable.Read(file, "Packages", column: 1, scan);
        }
        else if (BerkeleyHash.IsDatabase(file))
        {
            BerkeleyHash.Read(file, scan);
        }
        else if (RpmNdb.IsDatabase(file))
        {
            RpmNdb.Read(file, scan);
        }
        else
        {
            damaged("it is in none of the forms SQLite, Berkeley DB (hash) and ndb");
        }
    }
}

/// <summary>What readers of a database share: where values go, and when there is no sense in going on.</summary>
internal sealed class DatabaseScan(Action<ReadOnlySpan<byte>> value, Action<string> damaged)
{
    private const int MaxFaults = 1000, CostOfAny = 16;
    private long left;
    private int faults;

    /// <summary>Whether nothing more is to be read.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Sets how many bytes may be read: in an intact database nothing is in two places.</summary>
    internal void Allow(long bytes) => left = bytes;

    /// <summary>Counts bytes that are about to be read.</summary>
    /// <returns>Whether they may be.</returns>
    internal bool TryTake(int count)
    {
        left -= Math.Max(count, CostOfAny);
        if (left < 0 && !IsOver)
        {
            IsOver = true;
            damaged("parts of it overlap, and it is read no further");
        }

        return !IsOver;
    }

    internal void Fault(string what)
    {
        if (IsOver)
        {
            return;
        }

        damaged(what);
        if (++faults == MaxFaults)
        {
            IsOver = true;
            damaged("there are too many faults, and it is read no further");
        }
    }

    internal void Found(ReadOnlySpan<byte> bytes)
    {
        try
        {
            value(bytes);
        }
        catch (InvalidDataException e)
        {
            Fault(e.Message);
        }
    }
}
