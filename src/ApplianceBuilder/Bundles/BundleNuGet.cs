// A bundle as a NuGet package: the files, and a target of MSBuild that puts them beside each program that references it, where the library
// finds them. docs/design/bundle.md
using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Bundles;

/// <summary>Writes the package <c>Guestfs.Runtime.linux-x64</c>.</summary>
internal static partial class BundleNuGet
{
    private const string Top = "/bundle";

    /// <summary>The package's name.</summary>
    internal static string NameOf(BundleManifest bundle) => $"Guestfs.Runtime.linux-{ProcessorOf(bundle)}";

    /// <summary>The version of a package that has no other: that of libguestfs, without the distribution's.</summary>
    internal static string VersionOf(BundleManifest bundle) =>
        UpstreamVersion().Match(bundle.Libguestfs) is { Success: true } match ? match.Groups[1].Value : "0.0.0";

    /// <summary>Whether NuGet takes it for a version.</summary>
    internal static bool IsVersion(string text) => PackageVersion().IsMatch(text);

    /// <summary>Writes the package.</summary>
    internal static void Write(BundleTree bundle, string version, Stream output, Action<long> written, CancellationToken cancellationToken)
    {
        BundleManifest manifest = bundle.Manifest;
        string name = NameOf(manifest);
        IReadOnlyList<PlanEntry> files = [.. bundle.Below(Top).Where(entry => entry.Kind == EntryKind.File)];
        long time = bundle.Time;
        (string Name, string Text)[] own =
        [
            ("_rels/.rels", Relations(name)),
            ($"{name}.nuspec", Specification(manifest, name, version)),
            ($"buildTransitive/{name}.targets", Targets(manifest)),
            ("README.md", Readme(manifest, name)),
        ];
        using ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
        Add("[Content_Types].xml", ContentTypes([.. own.Select(file => file.Name), .. files.Select(file => file.Path[1..])]));
        foreach ((string path, string text) in own)
        {
            Add(path, text);
        }

        byte[] buffer = new byte[1 << 20];
        foreach (PlanEntry file in files)
        {
            using Stream target = Open(file.Path[1..], file.ModificationTime);
            using ContentStream source = new(file.Content!);
            for (int count; (count = source.Read(buffer)) > 0; written(count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                target.Write(buffer, 0, count);
            }
        }

        void Add(string path, string text)
        {
            using Stream target = Open(path, time);
            target.Write(Encoding.UTF8.GetBytes(text));
        }

        Stream Open(string path, long seconds)
        {
            ZipArchiveEntry entry = archive.CreateEntry(path, CompressionLevel.SmallestSize);
            DateTimeOffset wanted = DateTimeOffset.FromUnixTimeSeconds(seconds);
            DateTimeOffset oldest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            entry.LastWriteTime = wanted < oldest ? oldest : wanted;
            return entry.Open();
        }
    }

    private static string ProcessorOf(BundleManifest bundle) => bundle.Architecture == "aarch64" ? "arm64" : "x64";

    private static string ContentTypes(string[] paths)
    {
        StringBuilder text = new("""<?xml version="1.0" encoding="utf-8"?>""" + "\n");
        text.Append("""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">""").Append('\n');
        text.Append("""  <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" />""")
            .Append('\n');
        foreach (string extension in paths.Select(path => Path.GetExtension(path).TrimStart('.'))
            .Where(extension => extension is not ("" or "rels")).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase))
        {
            text.Append(
                CultureInfo.InvariantCulture, $"""  <Default Extension="{Xml(extension)}" ContentType="application/octet" />""")
                .Append('\n');
        }

        foreach (string path in paths.Where(path => Path.GetExtension(path).Length <= 1))
        {
            text.Append(CultureInfo.InvariantCulture, $"""  <Override PartName="/{Xml(path)}" ContentType="application/octet" />""")
                .Append('\n');
        }

        return text.Append("</Types>\n").ToString();
    }

    private static string Relations(string name) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{name}.nuspec" Id="R1" />
        </Relationships>

        """;

    private static string Specification(BundleManifest bundle, string name, string version) =>
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
          <metadata>
            <id>{name}</id>
            <version>{version}</version>
            <authors>The Guestfs for .NET authors, and those of the packages in it</authors>
            <description>{Xml(Description(bundle))}</description>
            <license type="file">README.md</license>
            <readme>README.md</readme>
            <tags>libguestfs qemu native</tags>
          </metadata>
        </package>

        """;

    private static string Description(BundleManifest bundle) =>
        $"libguestfs {bundle.Libguestfs}, qemu {bundle.Qemu} and an appliance with Linux {bundle.Kernel} for "
        + $"{bundle.Architecture}: programs that reference it need no installed libguestfs, but glibc {bundle.Glibc}.";

    private static string Readme(BundleManifest bundle, string name) =>
        $"""
        # {name}
        {Description(bundle)}

        It is put beside the program as `{GuestfsBundle.UsualName}`, in what is built and in what is published, and the package Guestfs
        finds it there. Which packages of the distribution it was made of says `bundle/{BundleManifest.FileName}`.

        ## Licences
        Each of these packages has its own licence, in `bundle/licences`: many are under the GPL or LGPL. Who passes this package or a
        program with it on must offer the sources of these versions, too.

        """;

    // For programs only: what these reference brings it to them, too. NuGet and MSBuild forget who may run a file, and leave to others what
    // the umask does; the library trusts no bundle that others can write to. They forget holes, too, which a program of util-linux
    // finds again where it is there and the filesystem has them.
    private static string Targets(BundleManifest bundle)
    {
        string processor = ProcessorOf(bundle);

        // Packages for several processors have a name each for it.
        string wanted = $"GuestfsBundleOf{processor}", condition = $"'$({wanted})' == 'true' and '$(OS)' != 'Windows_NT'";
        const string host = "$([System.Runtime.InteropServices.RuntimeInformation]::OSArchitecture.ToString().ToLowerInvariant())";
        return $"""
            <Project>
              <PropertyGroup>
                <GuestfsBundleOf>$(RuntimeIdentifier)</GuestfsBundleOf>
                <GuestfsBundleOf Condition="'$(RuntimeIdentifier)' == ''">linux-{host}</GuestfsBundleOf>
              </PropertyGroup>
              <PropertyGroup Condition="'$(UseGuestfsBundle)' == 'true' or ('$(UseGuestfsBundle)' == '' and '$(OutputType)' != 'Library')">
                <{wanted} Condition="'$(GuestfsBundleOf)' == 'linux-{processor}'">true</{wanted}>
              </PropertyGroup>
              <ItemGroup Condition="'$({wanted})' == 'true'">
                <None Include="$(MSBuildThisFileDirectory)../bundle/**/*">
                  <Link>{GuestfsBundle.UsualName}/%(RecursiveDir)%(Filename)%(Extension)</Link>
                  <CopyToOutputDirectory>PreserveNewest</CopyToOutputDirectory>
                  <CopyToPublishDirectory>PreserveNewest</CopyToPublishDirectory>
                  <ExcludeFromSingleFile>true</ExcludeFromSingleFile>
                  <Pack>false</Pack>
                  <Visible>false</Visible>
                </None>
              </ItemGroup>
              <Target Name="SetModesOf{wanted}" AfterTargets="CopyFilesToOutputDirectory" Condition="{condition}">
                <Exec Command="{ModesCommand}" WorkingDirectory="$(OutDir)" />
              </Target>
              <Target Name="SetModesOfPublished{wanted}" AfterTargets="CopyFilesToPublishDirectory" Condition="{condition}">
                <Exec Command="{ModesCommand}" WorkingDirectory="$(PublishDir)" />
              </Target>
            </Project>

            """;
    }

    private const string ModesCommand =
        $"chmod -R go-w,a+rX {GuestfsBundle.UsualName} &amp;&amp; cd {GuestfsBundle.UsualName} &amp;&amp; "
        + $"chmod a+x {GuestfsBundle.Programs}/* libexec/* {GuestfsBundle.Loader} &amp;&amp; "
        + $"{{ for f in {GuestfsBundle.Appliance}/*; do fallocate --dig-holes &quot;$f&quot; 2&gt;/dev/null || true; done; }}";

    private static string Xml(string text) => SecurityElement.Escape(text);

    // Without an epoch before it, and what distributions put behind it.
    [GeneratedRegex(@"^(?:\d+:)?(\d{1,9}\.\d{1,9}\.\d{1,9})(?!\d)")]
    private static partial Regex UpstreamVersion();

    [GeneratedRegex(@"^\d{1,9}(\.\d{1,9}){1,3}(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex PackageVersion();
}
