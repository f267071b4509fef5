// The readers of rpm's database forms. sqlite3 and db_dump judge what is in a file; a damaged one is read as far as it goes, and nothing
// else happens.
#pragma warning disable CA5394 // Nothing here is secret, and rounds must repeat.
using System.Diagnostics;
using System.Globalization;

using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Rpm;

public sealed class RpmDatabaseFileTests(RpmFixture fixture) : IClassFixture<RpmFixture>, IDisposable
{
    private readonly TempDirectory directory = new();

    [Theory]
    [InlineData(512)]
    [InlineData(4096)]
    [InlineData(65536)]
    public void Tables_of_any_page_size_are_read_as_sqlite_reads_them(int pageSize)
    {
        // Rows of all sizes, so that some have their cells' whole room, one byte more, and many further pages; and freed ones between.
        string database = Sqlite(pageSize, """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
              INSERT INTO Packages SELECT i, randomblob(CASE i % 7 WHEN 0 THEN i * 60 ELSE i % 700 + 1 END) FROM n;
            DELETE FROM Packages WHERE hnum % 5 = 0;
            INSERT INTO Packages SELECT hnum + 10000, randomblob(9) FROM Packages WHERE hnum % 9 = 0;
            """);
        Assert.Equal(Values(database), Read(database));
    }

    [Fact]
    public void What_is_committed_in_the_log_counts_and_nothing_else()
    {
        string database = Sqlite(1024, "PRAGMA journal_mode=WAL;");
        string pending = directory.File("pending");
        Command.TryRun("sqlite3", [database], input: $"""
            PRAGMA wal_autocheckpoint=0;
            INSERT INTO Packages VALUES (1, randomblob(5000)), (2, randomblob(10));
            PRAGMA wal_checkpoint(RESTART);
            INSERT INTO Packages VALUES (3, randomblob(700));
            DELETE FROM Packages WHERE hnum = 2;
            .output {pending}
            SELECT hex(blob) FROM Packages ORDER BY hnum;
            .output
            PRAGMA cache_size=1;
            BEGIN;
            INSERT INTO Packages SELECT value + 100, randomblob(3000) FROM generate_series(1, 200);
            .system kill -9 $PPID

            """);
        Assert.True(new FileInfo(database + "-wal").Length > 10_000);
        string[] committed = File.ReadAllLines(pending);
        Assert.Equal(2, committed.Length);
        Assert.Equal(committed, Read(database));
        Assert.Equal(committed, Values(database));
    }

    [Theory]
    [InlineData(1234)]
    [InlineData(4321)]
    public void Hashes_of_Berkeley_DB_are_read_as_its_own_tool_reads_them(int byteOrder)
    {
        Random random = new(5);
        byte[][] values = [.. Enumerable.Range(0, 400).Select(i =>
        {
            byte[] value = new byte[i % 3 == 0 ? random.Next(1, 60_000) : random.Next(1, 900)];
            random.NextBytes(value);
            return value;
        })];
        string file = directory.File("Packages");
        RpmForms.WriteBerkeley(file, values, byteOrder);
        string[] dumped = [.. Command.Run("db_dump", file).Split('\n').SkipWhile(line => line != "HEADER=END").Skip(1)
            .Where(line => line.StartsWith(' '))
            .Select(line => line.Trim())];
        Assert.Equal(
            dumped.Chunk(2).Where(pair => pair[0] != "00000000").Select(pair => pair[1].ToUpperInvariant()).Order(StringComparer.Ordinal),
            Read(file).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_damaged_file_is_read_as_far_as_it_goes()
    {
        byte[][] headers = fixture.Root.Headers();
        string berkeley = directory.File("Packages");
        RpmForms.WriteBerkeley(berkeley, headers, 1234);
        string log = Sqlite(512, "PRAGMA journal_mode=WAL;");
        Command.TryRun(
            "sqlite3", [log],
            input: string.Concat(headers.Select(h => $"INSERT INTO Packages (blob) VALUES (X'{Convert.ToHexString(h)}');\n"))
                + ".system kill -9 $PPID\n");
        (byte[] File, byte[] Log)[] databases =
        [
            (File.ReadAllBytes(fixture.Root.Database), []), (File.ReadAllBytes(berkeley), []), (RpmForms.Ndb(headers), []),
            (File.ReadAllBytes(log), File.ReadAllBytes(log + "-wal")),
        ];
        Assert.All(databases, database => Assert.NotEmpty(Read(database.File, database.Log, out int faults)));
        Random random = new(6);
        for (int round = 0; round < Soak.Rounds(200, 5000); round++)
        {
            (byte[] file, byte[] pending) = databases[round % databases.Length];
            byte[] damaged = Damage(random, file), damagedLog = random.Next(2) == 0 ? pending : Damage(random, pending);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            Read(damaged, damagedLog, out int faults);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < 64 << 20, $"Round {round} allocates {allocated} bytes.");
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"Round {round} does not end.");
        }
    }

    [Fact]
    public void One_damaged_package_hides_no_other()
    {
        byte[][] headers = fixture.Root.Headers();
        byte[] ndb = RpmForms.Ndb([headers[0], new byte[40], headers[1]]);
        Assert.Equal(2, Read(ndb, [], out int faults).Count);
        Assert.Equal(1, faults);
    }

    public void Dispose() => directory.Dispose();

    private static byte[] Damage(Random random, byte[] whole)
    {
        byte[] bytes = [.. whole];
        for (int i = random.Next(1, 40); i > 0 && bytes.Length > 0; i--)
        {
            // What is at the beginning of pages, and of the file, decides the most.
            int at = random.Next(3) == 0 ? random.Next(bytes.Length) : Math.Min(
                (random.Next(bytes.Length / 512) * 512) + random.Next(120), bytes.Length - 1);
            bytes[at] = random.Next(3) == 0 ? (byte)(bytes[at] + 1) : (byte)random.Next(256);
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
    }

    private static List<string> Read(byte[] file, byte[] log, out int faults)
    {
        List<string> names = [];
        int count = 0;
        RpmDatabaseFile.Read([.. file], log, bytes => names.Add(new RpmHeader(bytes).GetString(RpmTag.Name) ?? ""), _ => count++);
        faults = count;
        return names;
    }

    private static List<string> Read(string file)
    {
        List<string> values = [];
        string log = file + RpmDatabaseFile.LogSuffix;
        RpmDatabaseFile.Read(
            File.ReadAllBytes(file), File.Exists(log) ? File.ReadAllBytes(log) : [], bytes => values.Add(Convert.ToHexString(bytes)),
            Assert.Fail);
        return values;
    }

    private static string[] Values(string database) => Command.Run("sqlite3", database, "SELECT hex(blob) FROM Packages ORDER BY hnum")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private string Sqlite(int pageSize, string commands)
    {
        string file = directory.File(string.Create(CultureInfo.InvariantCulture, $"sqlite-{pageSize}"));
        Command.Run(
            "sqlite3", file, $"PRAGMA page_size={pageSize}; CREATE TABLE Other (x); "
            + "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT,blob BLOB NOT NULL); " + commands);
        return file;
    }
}
