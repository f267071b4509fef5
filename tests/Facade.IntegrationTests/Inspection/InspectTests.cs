// What Inspect tells, beside virt-inspector, dpkg and pacman.
using System.Xml.Linq;

using Guestfs.IntegrationTests.Support;
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.IntegrationTests.Inspection;

[Collection(nameof(InspectionAppliance))]
public sealed class InspectTests
{
    private readonly InspectionAppliance appliance;
    private readonly GuestfsHandle g;

    /// <summary>Begins with nothing mounted, whatever a failed test left.</summary>
    public InspectTests(InspectionAppliance appliance)
    {
        this.appliance = appliance;
        g = appliance.Guestfs;
        g.UmountAll();
    }

    [Fact]
    public void Each_operating_system_is_described_as_by_virt_inspector()
    {
        IReadOnlyList<GuestOperatingSystem> systems = appliance.Systems;
        Assert.Equal(3, systems.Count);
        Assert.Equal(3, appliance.JudgedSystems);
        Assert.All(systems, os =>
        {
            XElement judge = appliance.Judge(os.Root);
            Assert.Empty(os.Problems);
            Assert.Equal(Text("name"), os.Type);
            Assert.Equal(Text("distro"), os.Distro);
            Assert.Equal(Text("product_name"), os.ProductName);
            Assert.Equal(
                os.Distro switch { "debian" => "Debian GNU/Linux 12 (bookworm)", "archlinux" => "Arch Linux", _ => null }, os.PrettyName);
            Assert.Equal(Text("product_variant"), os.ProductVariant);
            Assert.Equal((Text("major_version"), Text("minor_version")), ($"{os.Version?.Major ?? 0}", $"{os.Version?.Minor ?? 0}"));
            Assert.Equal(Text("arch"), os.Architecture);
            Assert.Equal(Text("hostname"), os.HostName);
            Assert.Equal(Text("package_format"), os.PackageFormat);
            Assert.Equal(Text("package_management"), os.PackageManagement);
            Assert.Equal(Text("osinfo"), os.OsinfoId);
            Assert.Equal(Text("windows_systemroot"), os.Windows?.SystemRoot);
            Assert.Equal(Text("windows_current_control_set"), os.Windows?.CurrentControlSet);
            Assert.Equal(Pairs("mountpoints", "mountpoint", e => (e.Value, (string)e.Attribute("dev")!)),
                Sorted(os.Mountpoints.Select(m => (m.Path, m.Mountable))));
            Assert.Equal(Pairs("drive_mappings", "drive_mapping", e => ((string)e.Attribute("name")!, e.Value)),
                Sorted(os.DriveMappings.Select(d => (d.Key, d.Value))));
            Assert.Equal(
                judge.Element("filesystems")!.Elements("filesystem").Select(e => (string)e.Attribute("dev")!).Order(StringComparer.Ordinal),
                os.Filesystems.Order(StringComparer.Ordinal));
            Assert.All(os.Mountpoints.Where(m => m.FilesystemType is not null), m => Assert.Equal(
                judge.Element("filesystems")!
                    .Elements("filesystem")
                    .First(e => (string)e.Attribute("dev")! == m.Mountable)
                    .Element("type")!.Value,
                m.FilesystemType));

            string? Text(string name) => judge.Element(name)?.Value is { } value and not "unknown" ? value : null;
            (string, string)[] Pairs(string list, string item, Func<XElement, (string, string)> pair) =>
                Sorted(judge.Element(list)?.Elements(item).Select(pair) ?? []);
        });
    }

    [Fact]
    public void What_the_guest_mounts_is_in_the_order_to_mount_it_in()
    {
        GuestOperatingSystem debian = appliance.Find("debian");
        Assert.Equal(["/", "/srv", "/usr", "/var", "/boot", "/home", "/missing", "/var/log"], debian.Mountpoints.Select(m => m.Path));
        Assert.Equal(debian.Mountpoints.Select(m => m.Path.Length).Order(), debian.Mountpoints.Select(m => m.Path.Length));
        Assert.Equal(("ext2", "ext4", null), (Type("/boot"), Type("/var/log"), Type("/srv")));
        Assert.Equal(new Version(12, 5), debian.Version);

        string? Type(string path) => debian.Mountpoints.Single(m => m.Path == path).FilesystemType;
    }

    [Fact]
    public void Windows_has_a_registry_and_drive_letters_in_any_case()
    {
        GuestOperatingSystem windows = appliance.Find("windows");
        Assert.Equal(windows.Root, windows.DriveMappings["c"]);
        Assert.Equal(windows.Root[..^1] + "2", windows.DriveMappings["D"]);
        Assert.Equal(new Version(6, 1), windows.Version);
        Assert.Equal("winhost", windows.HostName);

        g.MountAll(windows);
        Assert.Equal("regf", System.Text.Encoding.ASCII.GetString(g.Pread(windows.Windows!.SystemHive!, 4, 0)));
        Assert.Equal("regf", System.Text.Encoding.ASCII.GetString(g.Pread(windows.Windows!.SoftwareHive!, 4, 0)));
        g.UmountAll();
        Assert.Null(appliance.Find("debian").Windows);
    }

    [Theory]
    [InlineData("debian")]
    [InlineData("archlinux")]
    [InlineData("windows")]
    public void Applications_are_those_that_the_package_manager_and_virt_inspector_list(string distro)
    {
        GuestOperatingSystem os = appliance.Find(distro);
        g.MountAll(os);
        (IReadOnlyList<GuestApplication> applications, IReadOnlyList<GuestfsException> problems) = g.ListApplications(os);
        g.UmountAll();

        if (distro != "windows")
        {
            Assert.Equal(
                appliance.Packages(distro),
                applications.Select(a => $"{a.Name} {a.FullVersion}").Order(StringComparer.Ordinal));
        }

        Assert.Empty(problems);
        XElement[] judged = [.. appliance.Judge(os.Root).Element("applications")!.Elements("application")];
        Assert.NotEmpty(judged);
        Assert.Equal(
            judged.Select(Fields),
            applications.Select(a => string.Join('|', a.Name, a.DisplayName, a.Epoch == 0 ? null : a.Epoch, a.Version, a.Release,
                a.Architecture, a.InstallPath, a.Publisher, a.Homepage, a.SourcePackage, a.Summary, a.Description)));

        static string Fields(XElement e) => string.Join('|', ((string[])["name", "display_name", "epoch", "version", "release", "arch",
            "install_path", "publisher", "url", "source_package", "summary", "description"]).Select(f => e.Element(f)?.Value));
    }

    [Fact]
    public async Task An_inspection_tells_how_far_it_is_and_stops_between_two_calls()
    {
        List<GuestInspectionProgress> steps = [];
        GuestInspection found = await g.InspectAsync(
            progress: new SynchronousProgress<GuestInspectionProgress>(steps.Add),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(appliance.Systems.Select(os => os.Root), found.Select(os => os.Root));
        Assert.Contains(appliance.Find("debian").Root, steps.Select(step => step.Subject));
        Assert.All(steps, step => Assert.InRange(step.Done, 0, step.Total - 1));

        using CancellationTokenSource source = new();
        SynchronousProgress<GuestInspectionProgress> second = new(step => (step.Done == 1 ? source : null)?.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => g.InspectAsync(progress: second, cancellationToken: source.Token));
        Assert.Equal(GuestfsState.Ready, g.State);
        Assert.Empty(g.Mounts());

        // The same of mounting: nothing of the half stays.
        using CancellationTokenSource another = new();
        second = new(step => (step.Done == 2 ? another : null)?.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => g.MountAllAsync(appliance.Find("debian"), progress: second, cancellationToken: another.Token));
        Assert.Empty(g.Mounts());
        Assert.Equal(GuestfsState.Ready, g.State);
    }

    [Fact]
    public void Applications_are_not_read_from_another_system_or_from_none()
    {
        GuestOperatingSystem debian = appliance.Find("debian");
        GuestOperatingSystem arch = appliance.Find("archlinux");
        Assert.Contains(
            "nothing is mounted",
            Assert.Throws<InvalidOperationException>(() => g.ListApplications(debian)).Message,
            StringComparison.Ordinal);
        g.MountAll(arch);
        Assert.Contains(
            "another filesystem",
            Assert.Throws<InvalidOperationException>(() => g.ListApplications(debian)).Message,
            StringComparison.Ordinal);
        g.UmountAll();
    }

    private static (string, string)[] Sorted(IEnumerable<(string, string)> pairs) => [.. pairs.Order()];
}
