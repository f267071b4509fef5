// A small repository, made and signed with Debian's own tools.
using System.Text.RegularExpressions;

namespace Guestfs.TestSupport;

/// <summary>A signed repository in a directory. Its suite is <c>test</c>, its component <c>main</c>.</summary>
internal sealed class LocalRepository : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly string gnupg;

    public LocalRepository()
    {
        Command.Require("dpkg-deb", "apt-ftparchive", "gpg", "gpgv");
        gnupg = directory.File("gnupg");
        Command.Run("mkdir", "-m", "700", gnupg);
        Gpg("--passphrase", "", "--quick-gen-key", "test <test@example.org>", "ed25519", "sign", "never");
        Keyring = directory.File("key.gpg");
        Gpg("--export", "--output", Keyring);
        ArmoredKey = Command.Run("gpg", "--homedir", gnupg, "--export", "--armor");
        Root = Directory.CreateDirectory(directory.File("repo")).FullName;
        Pool = Directory.CreateDirectory(Path.Combine(Root, "pool")).FullName;
    }

    public string Root { get; }

    public string Pool { get; }

    public string Keyring { get; }

    public string ArmoredKey { get; }

    public string Suite => Path.Combine(Root, "dists/test");

    public string Packages => Path.Combine(Suite, "main/binary-amd64/Packages");

    /// <summary>Writes the indexes of what is in the pool and signs them.</summary>
    public LocalRepository Publish(params string[] releaseFields)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Packages)!);
        string packages = Run("apt-ftparchive", "packages", "pool");
        File.WriteAllText(Packages, packages);
        Command.Run("xz", "-kf", Packages);
        SignRelease(releaseFields);
        return this;
    }

    /// <summary>How the Release file is signed.</summary>
    public string SignatureDigest { get; set; } = "SHA512";

    /// <summary>When the Release file was made; null for now.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>Writes the Release file of the indexes as they are, and signs it.</summary>
    public void SignRelease(params string[] releaseFields)
    {
        string[] arguments =
        [
            .. releaseFields.Prepend("Suite=test").SelectMany(field => new[] { "-o", "APT::FTPArchive::Release::" + field }),
        ];
        string inRelease = Path.Combine(Suite, "InRelease"), release = directory.File("Release");
        File.Delete(inRelease);
        string text = Run("apt-ftparchive", [.. arguments, "release", "dists/test"]);
        File.WriteAllText(
            release, Date is { } date ? Regex.Replace(text, "^Date: .*$", $"Date: {date.UtcDateTime:R}", RegexOptions.Multiline) : text);
        Gpg("--digest-algo", SignatureDigest, "--clearsign", "--output", inRelease, release);
    }

    public string CachePart(string folder) => Path.Combine(directory.File("cache"), folder);

    public void Dispose()
    {
        Command.TryRun("gpgconf", ["--homedir", gnupg, "--kill", "all"]);
        directory.Dispose();
    }

    /// <summary>
    /// What apt-get would install of this repository into an empty system, sorted by name.
    /// </summary>
    public IReadOnlyList<string> AptInstalls(params string[] packages) =>
        AptRoot.Simulate($"deb [signed-by={Keyring}] file://{Root} test main", packages);

    private string Run(string program, params string[] arguments)
    {
        CommandResult result = Command.TryRun(program, arguments, directory: Root);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"{program}: {result.Error}");
    }

    private void Gpg(params string[] arguments) => Command.Run("gpg", ["--homedir", gnupg, "--batch", "--yes", "--quiet", .. arguments]);
}
