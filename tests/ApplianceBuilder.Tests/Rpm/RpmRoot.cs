// A root directory with an rpm database, made by rpm itself of packages that rpmbuild makes.
using Guestfs.Appliances.Packages;
using Guestfs.Appliances.Rpm;
using Guestfs.Appliances.Tests.Packages;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Rpm;

internal sealed class RpmRoot : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Builds and installs packages, each described by the lines of its spec file that differ.</summary>
    public RpmRoot(params (string Name, string Version, string Header, string Files)[] packages)
    {
        Command.Require("rpm", "rpmbuild", "rpmdb");
        foreach ((string name, string version, string header, string files) in packages)
        {
            string[] epochVersion = version.Split(':');
            string[] versionRelease = epochVersion[^1].Split('-');
            string spec = directory.File($"{name}-{epochVersion[^1]}.spec");
            string paths = string.Join(' ', files.Split('\n').Select(line => $"'.{line.Split(' ')[^1]}'"));
            File.WriteAllText(spec, $"""
                Name: {name}
                {(epochVersion.Length > 1 ? $"Epoch: {epochVersion[0]}" : "")}
                Version: {versionRelease[0]}
                Release: {versionRelease[1]}
                Summary: a package
                License: MIT
                BuildArch: noarch
                AutoReqProv: no
                {header}
                %description
                A package.
                %install
                mkdir -p %{"{buildroot}"}
                cd %{"{buildroot}"}
                for file in {paths}; do mkdir -p "${"{file%/*}"}"; echo {name} > "$file"; done
                %files
                {files}

                """);
            Command.Run(
                "rpmbuild", "-bb", "--quiet", "--define", $"_topdir {directory.Path}/build", "--define", "_build_id_links none", spec);
        }

        Directory.CreateDirectory(Path);
        Rpm("--define", "_db_backend sqlite", "--initdb");
        if (packages.Length > 0)
        {
            Rpm(["-i", "--nodeps", "--force", "--excludeartifacts", "--ignorearch",
                .. Directory.GetFiles(directory.File("build/RPMS/noarch"), "*.rpm")]);
        }
    }

    public string Path => directory.File("root");

    public string Database => Path + DatabaseFolder + "/rpmdb.sqlite";

    private const string DatabaseFolder = "/var/lib/rpm";

    /// <summary>Runs rpm on the database, as a judge.</summary>
    public string Rpm(params string[] arguments) => Command.Run("rpm", ["--root", Path, "--dbpath", DatabaseFolder, .. arguments]);

    /// <summary>The headers of all packages, as rpm keeps them.</summary>
    public byte[][] Headers() => RpmForms.Headers(Path, DatabaseFolder);

    public PackageSet Load() => RpmDatabase.Find(Path)!.Load(default);

    public void Dispose() => directory.Dispose();
}
