// The databases of applications, all read here: what an appliance has of rpm and others decides nothing, and what is damaged hides nothing
// else.
using Guestfs.Interop;

namespace Guestfs;

/// <summary>Reads which applications a mounted guest has.</summary>
internal sealed class ApplicationReader(GuestfsHandle g, GuestOperatingSystem os, InspectionSteps steps)
{
    private const string DpkgStatus = "/var/lib/dpkg/status", ApkInstalled = "/lib/apk/db/installed", PacmanLocal = "/var/lib/pacman/local";

    // Those of a text as much as libguestfs reads; those of rpm are larger.
    private const int MaxText = 50 << 20, MaxDatabase = 256 << 20;

    private readonly MountedFiles files = new(g);

    internal GuestApplicationReport Read()
    {
        ApplicationList list = new(files);
        if (os.Type == "windows")
        {
            if (os.Windows?.SoftwareHive is { } hive)
            {
                new WindowsApplications(g, files, steps).Read(hive, list);
            }
        }
        else if (os.Type is "linux" or "hurd")
        {
            switch (os.PackageFormat)
            {
                case "deb":
                    ReadText(DpkgStatus, list, PackageLists.Dpkg);
                    break;
                case "apk":
                    ReadText(ApkInstalled, list, PackageLists.Apk);
                    break;
                case "pacman":
                    ReadPacman(list);
                    break;
                case "rpm":
                    ReadRpm(list);
                    break;
            }

            AppBundles.Find(g, files, list);
        }

        return new GuestApplicationReport(list.ToSorted(), files.Problems);
    }

    private void ReadText(string path, ApplicationList list, Action<string, string, ApplicationList> read)
    {
        steps.Begin(path, 0, 1);
        if (files.ReadWhole(path, MaxText) is { } text)
        {
            read(LosslessUtf8.GetString(text), path, list);
        }
    }

    private void ReadPacman(ApplicationList list)
    {
        if (!files.IsDirectory(PacmanLocal))
        {
            files.Report(PacmanLocal, null, "is missing.");
            return;
        }

        List<string> packages = files.Names(PacmanLocal, GuestfsFileType.Directory);
        for (int i = 0; i < packages.Count; i++)
        {
            string path = $"{PacmanLocal}/{packages[i]}/desc";
            steps.Begin(path, i, packages.Count);
            if (files.ReadText(path) is { } text)
            {
                PackageLists.Pacman(text, path, list);
            }
            else if (!files.IsFile(path))
            {
                files.Report(path, null, "is missing.");
            }
        }
    }

    private void ReadRpm(ApplicationList list)
    {
        foreach (string path in RpmDatabaseFile.Names)
        {
            if (files.IsFile(path))
            {
                steps.Begin(path, 0, 1);
                string log = path + RpmDatabaseFile.LogSuffix;
                if (files.ReadWhole(path, MaxDatabase) is { } database)
                {
                    RpmDatabaseFile.Read(
                        database,
                        files.IsFile(log) ? files.ReadWhole(log, MaxDatabase) ?? [] : [],
                        header => list.Add(FromRpm(new RpmHeader(header)), "rpm"),
                        what => files.Report(path, null, $"is damaged: {what}."));
                }

                return;
            }
        }

        files.Report("/var/lib/rpm", null, "has no database of packages.");
    }

    private static GuestApplication FromRpm(RpmHeader header) => new()
    {
        Name = header.GetString(RpmTag.Name) ?? throw new InvalidDataException("a package has no name"),
        Epoch = header.GetInt32s(RpmTag.Epoch) is [> 0 and int epoch, ..] ? epoch : 0,
        Version = header.GetString(RpmTag.Version) ?? throw new InvalidDataException("a package has no version"),
        Release = header.GetString(RpmTag.Release) ?? throw new InvalidDataException("a package has no release"),
        Architecture = ApplicationList.Known(header.GetString(RpmTag.Arch)),
        Homepage = ApplicationList.Known(header.GetString(RpmTag.Url)),
        Summary = ApplicationList.Known(header.GetString(RpmTag.Summary)),
        Description = ApplicationList.Known(header.GetString(RpmTag.Description)),
    };
}

/// <summary>Applications while they are collected.</summary>
internal sealed class ApplicationList(GuestFileReader files)
{
    // No system has a tenth of it.
    private const int Most = 100_000;
    private readonly List<GuestApplication> found = [];

    /// <summary>Where to tell what is wrong.</summary>
    internal GuestFileReader Files => files;

    /// <param name="application">The application.</param>
    /// <param name="format">The package format; null if it is of none.</param>
    internal void Add(GuestApplication application, string? format)
    {
        if (found.Count < Most)
        {
            found.Add(application with { PackageFormat = format });
        }
    }

    /// <summary>By name; those of the same name in their order.</summary>
    internal GuestApplication[] ToSorted()
    {
        GuestApplication[] sorted = [.. found];
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(order, (a, b) =>
            string.CompareOrdinal(found[a].Name, found[b].Name) is not 0 and int byName ? byName : a.CompareTo(b));
        for (int i = 0; i < order.Length; i++)
        {
            sorted[i] = found[order[i]];
        }

        return sorted;
    }

    internal static string? Known(string? text) => text?.Length > 0 ? text : null;
}
