using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Appliances.Packages;
using SQLitePCL;

namespace Guestfs.Appliances.Rpm;

/// <summary>Reads the headers out of rpm's SQLite database with the system's SQLite, which rpm itself needs.</summary>
internal static class RpmSqlite
{
    private const int MaxHeaderLength = 300 << 20;
    private static readonly Lock Gate = new();

    /// <summary>Goes through all headers.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="read">Takes a header, whose bytes are good until it returns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApplianceException">The database cannot be read or is damaged.</exception>
    internal static void ReadHeaders(string path, Action<ReadOnlySpan<byte>> read, CancellationToken cancellationToken)
    {
        RequireLibrary();
        string uri = ToUri(path);
        if (TryReadHeaders(path, uri + "?mode=ro", read, cancellationToken))
        {
            return;
        }

        // Whoever may not write beside the database cannot take part in its locking; without a log of pending changes
        // the file alone is everything.
        if (DatabaseFile.HasContent(path + "-wal") || !TryReadHeaders(path, uri + "?immutable=1", read, cancellationToken))
        {
            throw new ApplianceException(ApplianceProblem.UnreadableFile,
                $"The package database {path} cannot be opened: it is in use, and this user may not take part in its locking. Try again "
                + "when no package is being installed; if that does not help, run 'rpm -qa' as root once.");
        }
    }

    private static bool TryReadHeaders(string path, string uri, Action<ReadOnlySpan<byte>> read, CancellationToken cancellationToken)
    {
        int opened = raw.sqlite3_open_v2(uri, out sqlite3 database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, null);
        using (database)
        {
            if (opened != raw.SQLITE_OK)
            {
                return CannotLock(opened) ? false : throw Failed(path, database, opened);
            }

            raw.sqlite3_busy_timeout(database, 10_000);
            raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, MaxHeaderLength);
            int prepared = raw.sqlite3_prepare_v2(database, "SELECT blob FROM Packages ORDER BY hnum", out sqlite3_stmt statement);
            using (statement)
            {
                if (prepared != raw.SQLITE_OK)
                {
                    return CannotLock(prepared) ? false : throw Failed(path, database, prepared);
                }

                int step;
                while ((step = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    read(raw.sqlite3_column_blob(statement, 0));
                }

                return step == raw.SQLITE_DONE || (CannotLock(step) ? false : throw Failed(path, database, step));
            }
        }
    }

    private static bool CannotLock(int code) => code is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    private static ApplianceException Failed(string path, sqlite3 database, int code)
    {
        string message = raw.sqlite3_errmsg(database).utf8_to_string();
        return code is raw.SQLITE_BUSY or raw.SQLITE_IOERR or raw.SQLITE_PERM or raw.SQLITE_NOMEM
            ? new ApplianceException(ApplianceProblem.UnreadableFile, $"The package database {path} cannot be read: {message}.")
            : DatabaseFile.Damaged(path, message);
    }

    // Every byte that means something in a URI, or is no character, goes in as its number.
    private static string ToUri(string path)
    {
        StringBuilder uri = new("file:");
        foreach (byte b in LosslessUtf8.GetBytes(path))
        {
            _ = b == '/' || char.IsAsciiLetterOrDigit((char)b) ? uri.Append((char)b) : uri.Append('%').Append(Convert.ToHexString([b]));
        }

        return uri.ToString();
    }

    // SQLite's binding is one for the process: an application that uses SQLite has set it up, and that is good enough.
    private static void RequireLibrary()
    {
        lock (Gate)
        {
            if (IsSetUp())
            {
                return;
            }

            try
            {
                // The name that the provider asks for exists only where SQLite's development files are.
                NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_sqlite3).Assembly, static (name, _, _) =>
                    name == "sqlite3" && NativeLibrary.TryLoad("libsqlite3.so.0", out nint library) ? library : 0);
            }
            catch (InvalidOperationException)
            {
                // The application, or an earlier attempt here, has said where the library is.
            }

            try
            {
                raw.SetProvider(new SQLite3Provider_sqlite3());
            }
            catch (DllNotFoundException e)
            {
                throw new ApplianceException(
                    ApplianceProblem.UnreadableFile,
                    "rpm's package database is an SQLite database, and the SQLite library (libsqlite3.so.0) is not installed. "
                    + "Install it; rpm itself needs it.",
                    e);
            }
        }
    }

    private static bool IsSetUp()
    {
        try
        {
            return raw.sqlite3_libversion_number() > 0;
        }
#pragma warning disable CA1031 // It throws a plain Exception when there is no provider.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
