// Files of the host go to the guest as an archive that the host's tar makes: it keeps holes, links, owners, times, attributes and names
// of any bytes. Upstream's copy_in has it do so too, but for holes and attributes.
using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Sends files of the host to the guest, on the thread of the handle.</summary>
/// <param name="session">The guest.</param>
/// <param name="keepsXattrs">Whether extended attributes and access control lists go, too.</param>
/// <param name="owner">Who is to own everything; null for whoever does.</param>
internal sealed class HostArchive(GuestSession session, bool keepsXattrs, (long User, long Group)? owner)
{
    private const int NotFound = 127;

    /// <summary>What of the host's attributes means something in a guest: not the labels of this machine's policy. Access control lists
    /// go as the kernel has them, with numbers: as text they have names of this host, which mean nobody there, or somebody else.</summary>
    private static readonly string[] WithXattrs =
    [
        "--xattrs", "--xattrs-include=user.*", "--xattrs-include=security.capability", "--xattrs-include=system.posix_acl_*",
    ];

    /// <summary>Unpacks files into a directory of the guest.</summary>
    /// <param name="directory">The host's directory that the names begin in.</param>
    /// <param name="names">Their names, with all that is below.</param>
    /// <param name="target">The guest's directory, which exists.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal void Send(string directory, IEnumerable<string> names, string target, CancellationToken cancellationToken) =>
        Send(directory, ["--", .. names.Select(name => $"./{name}")], target, cancellationToken);

    /// <summary>The same of exactly the names that are listed, and nothing below.</summary>
    internal void SendListed(string directory, IEnumerable<string> names, string target, CancellationToken cancellationToken)
    {
        string list = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(list, LosslessUtf8.GetBytes(string.Concat(names.Select(name => $"./{name}\0"))));
            Send(
                directory, ["--no-recursion", "--null", "--verbatim-files-from", $"--files-from={list}"], target, cancellationToken);
        }
        finally
        {
            File.Delete(list);
        }
    }

    private void Send(string directory, string[] what, string target, CancellationToken cancellationToken)
    {
        HostTool.Find("tar");

        GuestfsHandle g = session.Guestfs;
        string[] command =
        [
            "tar", "--create", "--file=-", "--format=posix", "--sparse", "--numeric-owner", .. keepsXattrs ? WithXattrs : [],
            .. owner is { } given ? [$"--owner=:{given.User}", $"--group=:{given.Group}"] : Array.Empty<string>(),
            $"--directory={directory}", .. what,
        ];

        // tar itself knows no guest: a link in its path must not lead it into the appliance.
        string real = g.Realpath(target);
        TarInOptions options = new() { Xattrs = keepsXattrs ? true : null };
        List<string> complaints = [];
        using ProgressBar bar = new();
        int code = new CommandRunner(ProcessInput.Variable("PATH")).Run(
            command, null,
            archive => GuestSpace.Explain(g, real, () => g.TarIn(new CountedStream(archive, bar), real, options)),
            complaints.Add, cancellationToken);
        string complaint = complaints.FirstOrDefault("");
        switch (code)
        {
            case 0:
                // Sockets, and attributes that cannot be read.
                complaints.ForEach(line => session.Leave(line));
                break;
            case 1:
                session.Leave($"While it was read something changed: {complaint}");
                break;
            case NotFound:
                throw new IOException("Files are read by GNU tar, which is not on PATH: install it.");
            default:
                throw new IOException($"tar could not read everything, and ended with {code}: {complaint}");
        }
    }
}
