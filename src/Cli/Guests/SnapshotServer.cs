// A snapshot within a qcow2 file is no disk that libguestfs can open: qemu-nbd serves it, read-only, for as long as the session is open. A
// shell stands between, which sees by its input when this process has gone, however it went.
using System.Diagnostics;

namespace Guestfs.Cli.Guests;

/// <summary>Serves a disk as it was when a snapshot was made.</summary>
internal sealed class SnapshotServer : IDisposable
{
    private const string Ready = "ready";

    private const string Script = """
        trap '' INT TERM HUP
        server=$1 pid=$2/pid; shift 2
        "$server" --fork --pid-file="$pid" --read-only --persistent --shared=0 "$@" || exit 1
        echo ready; read -r end; kill "$(cat "$pid")"
        """;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("gfs-");
    private readonly Process shell;

    private SnapshotServer(DiskName disk, string snapshot)
    {
        HostTool.Find("sh");
        string program = HostTool.Find("qemu-nbd");
        string socket = Path.Combine(directory.FullName, "socket");
        Disk = disk with { Format = "raw", Remote = new("", "nbd", $"unix:{socket}", null, null) };
        ProcessStartInfo start = new(
            "/bin/sh",
            [
                "-c", Script, "sh", program, directory.FullName, $"--socket={socket}", "--format=qcow2",
                $"--load-snapshot=snapshot.name={snapshot.Replace(",", ",,", StringComparison.Ordinal)}", "--", disk.File,
            ])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        shell = Process.Start(start)!;
    }

    /// <summary>The disk to be opened.</summary>
    internal DiskName Disk { get; }

    /// <summary>Starts one.</summary>
    /// <param name="disk">The qcow2 file.</param>
    /// <param name="snapshot">The snapshot's name.</param>
    internal static SnapshotServer Start(DiskName disk, string snapshot)
    {
        if (disk.Remote is not null || disk.Format is not (null or "qcow2"))
        {
            throw new UsageException($"{disk.File} is no qcow2 file of this host: only those have snapshots.");
        }

        SnapshotServer server = new(disk, snapshot);
        try
        {
            if (server.shell.StandardOutput.ReadLine() != Ready)
            {
                string said = server.shell.StandardError.ReadToEnd().Trim();
                throw new GuestfsDiskException(
                    "snapshot", 0, $"{disk.File} cannot be opened as it was at '{snapshot}': {said}. 'qemu-img snapshot -l' lists a file's "
                    + "snapshots.", DiskProblem.Other, disk.File, disk.File, "Name a snapshot that the file has.");
            }

            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.Dispose();
        directory.Delete(recursive: true);
    }
}
