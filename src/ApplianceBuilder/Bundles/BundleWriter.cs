using System.Text;

using Guestfs.Appliances.Build;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Output;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Bundles;

/// <summary>Writes a bundle around its appliance.</summary>
internal static class BundleWriter
{
    private const string ReadmeName = "README", LicenceDirectory = "licences";

    /// <summary>Writes all but the appliance, which is there already.</summary>
    /// <param name="inputs">What it is made of.</param>
    /// <param name="plan">The files of all these packages.</param>
    /// <param name="contents">What was chosen of them.</param>
    /// <param name="built">The manifest of the appliance.</param>
    /// <param name="ofAppliance">What that was made of.</param>
    /// <param name="directory">The bundle's directory.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static void Write(
        ApplianceInputs inputs, RootPlan plan, BundleContents contents, ApplianceManifest built, PackageSource ofAppliance,
        string directory, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ManifestPackage> owners = inputs.FindOwners();
        ManifestPackage[] packages =
        [
            .. contents.Sources.Select(owners.GetValueOrDefault).OfType<ManifestPackage>().Concat(built.Packages).Distinct()
                .OrderBy(package => package.Name, StringComparer.Ordinal).ThenBy(package => package.Architecture, StringComparer.Ordinal),
        ];
        BundleLicences licences = new(
            plan.Files, inputs.Options, packages, built.KernelVersion, ofAppliance is ArchivePackageSource deb ? deb.Archives : [],
            plan.Timestamp, cancellationToken);
        SortedDictionary<string, BundleFile> files = new(StringComparer.Ordinal);
        foreach ((string name, BundleFile file) in contents.Files.Concat(licences.Files.Select(
            licence => KeyValuePair.Create($"{LicenceDirectory}/{licence.Key}", licence.Value))))
        {
            files.Add(name, file);
        }

        files.Add(GuestfsBundle.ListName, Text(LoadList(contents, built), plan.Timestamp));
        string VersionOf(string path) => owners.GetValueOrDefault(path)?.Version ?? "unknown";
        string libguestfs = VersionOf(contents.Library), qemu = VersionOf(contents.Hypervisor);
        files.Add(ReadmeName, Text(Readme(libguestfs, qemu, built.KernelVersion), plan.Timestamp));
        List<ManifestFile> written = [.. files.Select(file => Write(directory, file.Key, file.Value, cancellationToken))];
        written.AddRange(OfAppliance(built, directory, plan.Timestamp));

        BundleManifest manifest = new()
        {
            Format = BundleManifest.CurrentFormat,
            Builder = BuilderVersion.Current,
            Architecture = built.Architecture,
            Libguestfs = libguestfs,
            Qemu = qemu,
            Kernel = built.KernelVersion,
            Glibc = contents.Glibc.ToString(),
            Packages = packages,
            WithoutLicence = licences.Missing.Count > 0 ? licences.Missing : null,
            Files = [.. written.OrderBy(file => file.Name, StringComparer.Ordinal)],
        };
        byte[] json = manifest.ToJson();
        byte[] bill = CycloneDx.ToJson("platform", "guestfs-bundle", libguestfs, json, packages, manifest.Files);
        Write(directory, CycloneDx.FileName, new BundleFile(new BytesContent(bill), Permissions.Octal0644, plan.Timestamp),
            cancellationToken);
        Write(directory, BundleManifest.FileName, new BundleFile(new BytesContent(json), Permissions.Octal0644, plan.Timestamp),
            cancellationToken);
        foreach (string part in Directory.EnumerateDirectories(directory, "*", SearchOption.AllDirectories).Append(directory))
        {
            Posix.SetMode(part, Permissions.Octal0755);
            DurableFiles.Sync(part);
        }
    }

    private static BundleFile Text(string text, long time) =>
        new(new BytesContent(Encoding.UTF8.GetBytes(text)), Permissions.Octal0644, time);

    private static string LoadList(BundleContents contents, ApplianceManifest appliance)
    {
        string[] libraries = [.. contents.LoadOrder.Select(name => $"{GuestfsBundle.Libraries}/{name}")];
        IEnumerable<string> others = contents.Files.Keys.Except(libraries)
            .Concat(appliance.Outputs.Select(output => $"{GuestfsBundle.Appliance}/{output.Name}"));
        return string.Concat(contents.LoadOrder.Select(name => $"{GuestfsBundle.LibraryWord} {name}")
            .Concat(others.Order(StringComparer.Ordinal).Select(name => $"{GuestfsBundle.FileWord} {name}"))
            .Prepend($"{GuestfsBundle.GlibcWord} {contents.Glibc}")
            .Prepend($"{GuestfsBundle.ProcessorWord} {appliance.Architecture}")
            .Prepend(GuestfsBundle.Format)
            .Select(line => line + "\n"));
    }

    // Its manifest has the digests of what it wrote; two files are the manifest itself and what is made of it.
    private static IEnumerable<ManifestFile> OfAppliance(ApplianceManifest built, string directory, long time)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(directory, GuestfsBundle.Appliance)))
        {
            string name = Path.GetFileName(path);
            Posix.SetMode(path, Permissions.Octal0644);
            Posix.SetTime(path, time);
            yield return built.Outputs.FirstOrDefault(output => output.Name == name) is { } known
                ? known with { Name = $"{GuestfsBundle.Appliance}/{name}" }
                : Describe($"{GuestfsBundle.Appliance}/{name}", File.ReadAllBytes(path));
        }
    }

    private static ManifestFile Describe(string name, byte[] bytes) =>
        new(name, bytes.Length, Sha256Hash.HexOf(bytes));

    private static ManifestFile Write(string directory, string name, BundleFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = Path.Combine(directory, name);
        for (int at = name.IndexOf('/', StringComparison.Ordinal); at > 0; at = name.IndexOf('/', at + 1))
        {
            Posix.CreateDirectory(Path.Combine(directory, name[..at]), Permissions.Octal0755, mayExist: true);
        }

        byte[] bytes = file.Content.ReadAll();
        using (SafeFileHandle created = Posix.CreateFile(path, file.Mode))
        {
            RandomAccess.Write(created, bytes, 0);
        }

        // Whatever the umask of this process.
        Posix.SetMode(path, file.Mode);
        Posix.SetTime(path, file.Time);
        return Describe(name, bytes);
    }

    private static string Readme(string libguestfs, string qemu, string kernel) =>
        $"""
        This is libguestfs {libguestfs} with all that it loads and runs, qemu {qemu}, and its appliance with Linux {kernel},
        put together by gfs {BuilderVersion.Current}. It may lie anywhere, also where nobody can write.

        Programs of Guestfs.NET and its C library use it when it is named in GUESTFS_BUNDLE, or is a folder 'guestfs-bundle' beside the
        program or in the user's data directory (~/.local/share).

        {BundleManifest.FileName} says which packages it was made of, and what the digests of its files are: 'gfs bundle verify' compares
        them. {CycloneDx.FileName} is the same as a bill of materials in CycloneDX form. The packages have their own licences, in
        {LicenceDirectory}, where {BundleLicences.ListName} says whose each text is: many are under the GPL or LGPL. Who passes the
        folder on must offer their sources, too.

        """;
}
