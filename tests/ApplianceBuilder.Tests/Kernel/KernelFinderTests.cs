// The choice of the kernel. supermin, run where made-up kernels are the machine's own, is the judge.
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Plan;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.Kernel;

public sealed class KernelFinderTests
{
    private static readonly KernelOptions Options = new() { Cpu = "x86_64" };

    private static readonly string[] Versions =
    [
        "6.1.0-9-amd64", "6.1.0-10-amd64", "6.1.0-10-cloud-amd64", "6.1.0-rc7-amd64", "6.1-amd64", "6.1.0-010-amd64", "6.10.2-x86_64",
        "6.9.7-200.fc40.x86_64", "6.9.7-200.fc40.x86_64+debug", "5.14.0-427.el9.x86_64", "4.19.0-xen-amd64", "6.8.0-31-generic",
        "6.8.0~rc1-generic",
        "linux", "6.9.3-arch1-1", "6.1.0-9-arm64", "2.6.32-zfcpdump-amd64", "10.0.0-1-amd64",
    ];

    [Fact]
    public void The_kernel_is_the_one_that_supermin_takes()
    {
        Random random = new(7);
        for (int round = 0; round < Soak.Rounds(25, 250); round++)
        {
            using FakeKernels kernels = new();
            List<string> story = [];
            foreach (string version in Versions.Where(_ => random.Next(3) == 0))
            {
                // In /lib/modules some versions of supermin take a kernel without a list, and then fail.
                bool inModules = round % 2 == 0 && random.Next(3) == 0, hasList = inModules || random.Next(4) > 0;
                bool hasModules = random.Next(5) > 0, hasHeader = random.Next(2) == 0;
                byte[] image = FakeKernels.Image(hasHeader ? version : null);
                story.Add($"{version}: list {hasList}, modules {hasModules}, header {hasHeader}, in modules {inModules}");
                if (hasModules)
                {
                    kernels.AddModules(version, hasList, inModules ? image : null);
                }

                if (!inModules)
                {
                    kernels.AddBoot((random.Next(6) == 0 ? "vmlinux-" : "vmlinuz-") + version, image);
                }
            }

            (string, string, string)? ours;
            try
            {
                KernelChoice choice = KernelFinder.Find(kernels.Source, Options, TestContext.Current.CancellationToken);
                ours = (choice.ImagePath, choice.Version, choice.ModulesDirectory);
            }
            catch (ApplianceException e) when (e.Problem == ApplianceProblem.NoKernel)
            {
                ours = null;
            }

            (string, string, string)? theirs = kernels.AskSupermin();
            Assert.True(theirs == ours, $"supermin: {theirs}\nours: {ours}\n{string.Join('\n', story)}");
        }
    }

    [Theory]
    [InlineData("vmlinuz-6.1.0-9-amd64", null, null)]
    [InlineData("vmlinuz-6.1.0-9-amd64", "6.1.0-10-amd64", null)]
    [InlineData("vmlinuz-6.1.0-9-amd64", null, "/lib/modules/6.1.0-10-amd64")]
    [InlineData("somewhat", null, null)]
    [InlineData("somewhat", "6.1.0-10-amd64", "/lib/modules/6.1.0-9-amd64")]
    public void A_kernel_that_is_named_is_taken_as_supermin_takes_it(string image, string? version, string? modules)
    {
        using FakeKernels kernels = new();
        kernels.AddModules("6.1.0-9-amd64", hasList: true);
        kernels.AddModules("6.1.0-10-amd64", hasList: true);
        kernels.AddBoot(image, FakeKernels.Image("6.1.0-9-amd64"));
        string path = "/boot/" + image;

        KernelChoice choice = KernelFinder.Find(
            kernels.Source,
            Options with { ImagePath = path, Version = version, ModulesDirectory = modules },
            TestContext.Current.CancellationToken);
        (string, string, string)? theirs = kernels.AskSupermin(new Dictionary<string, string?>
        {
            ["SUPERMIN_KERNEL"] = path, ["SUPERMIN_KERNEL_VERSION"] = version, ["SUPERMIN_MODULES"] = modules,
        });
        Assert.Equal(theirs, (choice.ImagePath, choice.Version, choice.ModulesDirectory));
    }

    [Fact]
    public void This_machines_kernel_is_the_one_that_supermin_takes()
    {
        KernelChoice choice = HostKernel.Find();
        Command.Require("supermin");
        using FakeKernels skeleton = new();
        string log = Command.TryRun("supermin", ["--build", "-v", "-f", "ext2", "--size", "8M", "--host-cpu", HostKernel.Cpu, "-o",
            skeleton.Root + "/out", skeleton.Root + "/skeleton.d"]).Output;
        Assert.Contains($"picked vmlinuz {choice.ImagePath}\n", log, StringComparison.Ordinal);
        Assert.Contains($"kernel_version {choice.Version}\n", log, StringComparison.Ordinal);
        Assert.Contains($"modpath {choice.ModulesDirectory}\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_in_an_image_is_the_one_that_file_reads()
    {
        Command.Require("file");
        Assert.SkipUnless(HostKernel.Cpu == "x86_64", "Only kernels for x86 have their version in the header.");
        KernelChoice choice = HostKernel.Find();
        Assert.Contains(
            $"version {BzImageHeader.ReadVersion(choice.Image)} ", Command.Run("file", "-L", choice.ImagePath), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_an_unpacked_package_are_searched_like_a_machine()
    {
        FilePlanBuilder builder = new();
        builder.Add(new PlanEntry { Path = "/lib", Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777, LinkTarget = "usr/lib" });
        builder.Add(new PlanEntry
        {
            Path = "/boot", Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777, LinkTarget = "/usr/../usr/lib/kernels",
        });
        AddFile("/usr/lib/kernels/vmlinuz-6.1.0-9-amd64", FakeKernels.Image(null));
        AddFile("/usr/lib/kernels/vmlinuz-6.1.0-8-amd64", FakeKernels.Image(null));
        AddFile("/usr/lib/modules/6.1.0-8-amd64/modules.order", []);
        builder.Add(new PlanEntry
        {
            Path = "/usr/lib/modules/6.1.0-7-amd64/vmlinuz", Kind = EntryKind.SymbolicLink, Mode = Permissions.Octal0777,
            LinkTarget = "vmlinuz",
        });

        KernelChoice choice = KernelFinder.Find(new PlanKernelSource(builder.Build()), Options, TestContext.Current.CancellationToken);
        Assert.Equal("/boot/vmlinuz-6.1.0-8-amd64", choice.ImagePath);
        Assert.Equal("/lib/modules/6.1.0-8-amd64", choice.ModulesDirectory);
        RejectedKernel rejected = Assert.Single(choice.Rejected);
        Assert.Equal("/boot/vmlinuz-6.1.0-9-amd64", rejected.Path);
        Assert.Contains("modules.dep", rejected.Reason, StringComparison.Ordinal);

        void AddFile(string path, byte[] bytes) => builder.Add(
            new PlanEntry { Path = path, Kind = EntryKind.File, Mode = Permissions.Octal0644, Content = new BytesContent(bytes) });
    }

    [Fact]
    public void Kernels_that_cannot_start_an_appliance_are_passed_over_with_a_reason()
    {
        using FakeKernels kernels = new();
        kernels.AddModules("6.1.0-6-amd64", hasList: true, FakeKernels.Image(null, size: 9999));
        kernels.AddModules("6.1.0-5-amd64", hasList: false, FakeKernels.Image(null));
        kernels.AddModules("6.1.0-4-amd64+debug", hasList: true, FakeKernels.Image(null));
        kernels.AddModules("6.1.0-3-amd64", hasList: true, FakeKernels.Image(null));
        kernels.AddModules("6.1.0-2-amd64", hasList: true, FakeKernels.Image(null));
        KernelChoice choice = KernelFinder.Find(kernels.Source, Options, TestContext.Current.CancellationToken);
        Assert.Equal("6.1.0-3-amd64", choice.Version);
        Assert.Collection(
            choice.Rejected,
            rejected => Assert.Contains("too small", rejected.Reason, StringComparison.Ordinal),
            rejected => Assert.Contains("modules.dep", rejected.Reason, StringComparison.Ordinal),
            rejected => Assert.Contains("debugging", rejected.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_kernel_the_error_says_what_to_install()
    {
        using FakeKernels kernels = new();
        kernels.AddModules("6.1.0-4-xen-amd64", hasList: true, FakeKernels.Image(null));
        ApplianceException e = Assert.Throws<ApplianceException>(
            () => KernelFinder.Find(kernels.Source, Options, TestContext.Current.CancellationToken));
        Assert.Equal(ApplianceProblem.NoKernel, e.Problem);
        Assert.All(["Xen", "linux-image-cloud-amd64", "linux-image-virtual", "kernel-core", "Arch: linux"],
            text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        Assert.Null(kernels.AskSupermin());
    }

    [Fact]
    public void A_kernel_that_this_user_may_not_read_is_an_error_with_remedies_or_passed_over()
    {
        using FakeKernels kernels = new();
        kernels.AddBoot("vmlinuz-6.8.0-31-generic", FakeKernels.Image("6.8.0-31-generic"));
        kernels.AddModules("6.8.0-31-generic", hasList: true);
        UnreadableSource source = new(kernels.Source, "/boot/vmlinuz-6.8.0-31-generic");
        ApplianceException e = Assert.Throws<ApplianceException>(
            () => KernelFinder.Find(source, Options, TestContext.Current.CancellationToken));
        Assert.Equal(ApplianceProblem.UnreadableFile, e.Problem);
        Assert.All(["chmod 0644", "dpkg-statoverride", "SUPERMIN_KERNEL", "package source"],
            text => Assert.Contains(text, e.Message, StringComparison.Ordinal));

        kernels.AddBoot("vmlinuz-6.8.0-30-generic", FakeKernels.Image("6.8.0-30-generic"));
        kernels.AddModules("6.8.0-30-generic", hasList: true);
        KernelChoice choice = KernelFinder.Find(source, Options, TestContext.Current.CancellationToken);
        Assert.Equal("6.8.0-30-generic", choice.Version);
        Assert.True(Assert.Single(choice.Rejected).IsUnreadable);
    }

    [Fact]
    public void Damaged_images_have_no_version_or_some_text()
    {
        byte[] image = FakeKernels.Image("6.1.0", size: 0x1240);
        Random random = new(3);
        for (int round = 0; round < Soak.Rounds(2000, 20_000); round++)
        {
            byte[] damaged = image[..random.Next(image.Length + 1)];
            for (int i = random.Next(4); i > 0 && damaged.Length > 514; i--)
            {
                damaged[random.Next(2) == 0 ? 514 + random.Next(Math.Min(14, damaged.Length - 514)) : random.Next(damaged.Length)] =
                    (byte)random.Next(256);
            }

            Assert.NotEqual("", BzImageHeader.DecodeVersion(damaged));
        }
    }

    // Tests may run as root, who may read everything.
    private sealed class UnreadableSource(IKernelSource source, string unreadable) : IKernelSource
    {
        public IReadOnlyList<string> List(string directory) => source.List(directory);

        public FileContent? Find(string path) =>
            path == unreadable ? new HostFileContent("/proc/self/nothing-here", 0, 20000) : source.Find(path);
    }
}
