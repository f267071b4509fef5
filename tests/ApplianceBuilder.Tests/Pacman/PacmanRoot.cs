// A root directory with a pacman database, made by pacman itself of packages that bsdtar makes.
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Pacman;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Pacman;

internal sealed class PacmanRoot : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Makes and installs packages, each described by lines of its .PKGINFO and the files it has.</summary>
    public PacmanRoot(params (string Name, string Version, string[] Info, string[] Files)[] packages)
    {
        Command.Require("pacman", "bsdtar");
        Directory.CreateDirectory(Path + "/var/lib/pacman");

        // Nobody has signed these.
        File.WriteAllText(Configuration, "[options]\nSigLevel = Never\nLocalFileSigLevel = Never\n");
        foreach ((string name, string version, string[] info, string[] files) in packages)
        {
            string folder = Directory.CreateDirectory(directory.File(name)).FullName;
            string[] top = [.. files.Select(file => file.Split('/')[0]).Distinct()];
            File.WriteAllLines(folder + "/.PKGINFO", [$"pkgname = {name}", $"pkgbase = {name}", $"pkgver = {version}", "pkgdesc = a",
                "builddate = 1", "size = 1", "arch = any", .. info]);
            foreach (string file in files)
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName($"{folder}/{file}")!);
                File.WriteAllText($"{folder}/{file}", name);
            }

            Command.Run("bsdtar", ["-C", folder, "-czf", folder + "/.MTREE", "--format=mtree",
                "--options=!all,use-set,type,uid,gid,mode,size,sha256,link", ".PKGINFO", .. top]);
            string package = directory.File($"{name}.pkg.tar.gz");
            Command.Run("bsdtar", ["-C", folder, "-czf", package, ".PKGINFO", ".MTREE", .. top]);
            Pacman("-U", "--noconfirm", "-dd", "--noscriptlet", package);
        }
    }

    public string Path => directory.File("root");

    public string Database => Path + "/var/lib/pacman/local";

    /// <summary>pacman's configuration, which is no one's.</summary>
    public string Configuration => directory.File("pacman.conf");

    /// <summary>Runs pacman on the database, as a judge.</summary>
    public string Pacman(params string[] arguments) =>
        Command.Run("pacman", ["--root", Path, "--dbpath", Path + "/var/lib/pacman", "--config", Configuration, .. arguments]);

    public PackageSet Load() => PacmanDatabase.Find(Path)!.Load(default);

    public void Dispose() => directory.Dispose();
}
