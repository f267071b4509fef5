// Finds the kernel that the appliance boots, in the order and with the filters of supermin; says why it passed over others.
using System.IO.Enumeration;

using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Kernel;

/// <summary>Looks for the newest kernel that suits an appliance.</summary>
internal sealed class KernelFinder
{
    // Placeholders of packages are smaller, kernels much larger.
    private const long MinKernelSize = 10000;

    private const string BootDirectory = "/boot";

    private static readonly (string Text, string Meaning)[] UnsuitableNames =
    [
        ("xen", "it is a kernel for Xen"), ("zfcpdump", "it is a kernel for crash dumps"),
        ("+debug", "it is a debugging kernel, which is slow"),
    ];

    private readonly IKernelSource source;
    private readonly KernelOptions options;
    private readonly List<RejectedKernel> refused = [];
    private readonly string modulesRoot;

    private KernelFinder(IKernelSource source, KernelOptions options)
    {
        this.source = source;
        this.options = options;

        // Packages name the one or the other; on most systems they are the same.
        modulesRoot = List("/lib/modules").Count > 0 ? "/lib/modules" : "/usr/lib/modules";
    }

    /// <summary>Finds a kernel.</summary>
    /// <exception cref="ApplianceException">There is none, or none that can be read; the message says what to do.</exception>
    internal static KernelChoice Find(IKernelSource source, KernelOptions options, CancellationToken cancellationToken)
    {
        KernelFinder finder = new(source, options);
        return options.ImagePath is { } path
            ? finder.Named(path)
            : finder.InModules(cancellationToken) ?? finder.InBoot(cancellationToken) ?? throw finder.NoKernel();
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private static string? VersionInName(string path)
    {
        string name = FilePlanBuilder.NameOf(path);
        return Matches("vmlinu?-?*", name) ? name["vmlinuz-".Length..] : null;
    }

    // The names that distributions give to kernels of a processor.
    private string[] CpuPatterns() => options.Cpu switch
    {
        "x86_64" => ["vmlinu?-*-amd64", "vmlinu?-*-x86_64"],
        "aarch64" => ["vmlinu?-*-arm64", "vmlinu?-*-aarch64"],
        string cpu => ["vmlinu?-*-" + cpu],
    };

    private KernelChoice Named(string path)
    {
        FileContent image = source.Find(path)
            ?? throw new ApplianceException(ApplianceProblem.NoKernel,
                $"The kernel that was asked for, {path}, does not exist or is not a file. Name another (--kernel, SUPERMIN_KERNEL).");
        string version = options.Version ?? BzImageHeader.ReadVersion(image) ?? VersionInName(path)
            ?? throw new ApplianceException(ApplianceProblem.InvalidInput,
                $"{path} does not say its version. Give the version too (--kernel-version, SUPERMIN_KERNEL_VERSION).");
        string modules = ModulesOf(version);
        return HasModules(modules)
            ? Choice(path, image, version, modules, [])
            : throw new ApplianceException(ApplianceProblem.NoKernel,
                $"The modules of {path} should be in {modules}, which has no modules.dep. Name the right directory (--modules, "
                + $"SUPERMIN_MODULES), or run 'depmod {version}'.");
    }

    private KernelChoice? InModules(CancellationToken cancellationToken)
    {
        foreach (string version in List(modulesRoot).OrderDescending(KernelVersionComparer.Instance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string directory = modulesRoot + "/" + version;
            if (Consider(directory + "/vmlinuz", version, directory) is { } choice)
            {
                return choice;
            }
        }

        return null;
    }

    private KernelChoice? InBoot(CancellationToken cancellationToken)
    {
        string[] all = [.. List(BootDirectory).Where(name => Matches("vmlinu?-*", name)).OrderDescending(KernelVersionComparer.Instance)];
        string[] patterns = CpuPatterns();
        string[] forCpu = [.. all.Where(name => UnsuitableMeaning(name) is null && patterns.Any(pattern => Matches(pattern, name)))];
        foreach (string name in forCpu.Length > 0 ? forCpu : all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Consider(BootDirectory + "/" + name, version: null, modules: null) is { } choice)
            {
                return choice;
            }
        }

        return null;
    }

    private static string? UnsuitableMeaning(string path) =>
        UnsuitableNames.FirstOrDefault(unsuitable => path.Contains(unsuitable.Text, StringComparison.Ordinal)).Meaning;

    // The kernel, if it suits; otherwise the reason is noted. Null also when there is no such file.
    private KernelChoice? Consider(string path, string? version, string? modules)
    {
        try
        {
            if (source.Find(path) is not { } image)
            {
                return null;
            }

            if (UnsuitableMeaning(path) is { } meaning)
            {
                return Refuse(path, meaning);
            }

            if (image.Length < MinKernelSize)
            {
                return Refuse(path, "it is too small for a kernel");
            }

            // Also where the version is known: a kernel that cannot be read is found out here and not while copying.
            string? inHeader = BzImageHeader.ReadVersion(image);
            version ??= inHeader ?? VersionInName(path);
            if (version is null)
            {
                return Refuse(path, "neither its file nor its name says its version");
            }

            modules ??= ModulesOf(version);
            return HasModules(modules)
                ? Choice(path, image, version, modules, refused)
                : Refuse(path, $"its modules are not in {modules}: there is no modules.dep");
        }
        catch (ApplianceException e) when (e.Problem == ApplianceProblem.UnreadableFile)
        {
            refused.Add(new RejectedKernel(path, e.Message, IsUnreadable: true));
            return null;
        }
    }

    private KernelChoice Choice(string path, FileContent image, string version, string modules, IReadOnlyList<RejectedKernel> rejected) =>
        new()
        {
            ImagePath = path,
            Image = image,
            Version = version,
            ModulesDirectory = modules,
            Settings = source.Find(FilePlanBuilder.Join(Path.GetDirectoryName(path)!, "config-" + version))
                ?? source.Find(FilePlanBuilder.Join(modules, "config")),
            Rejected = rejected,
        };

    private KernelChoice? Refuse(string path, string reason)
    {
        refused.Add(new RejectedKernel(path, reason));
        return null;
    }

    private IReadOnlyList<string> List(string directory)
    {
        try
        {
            return source.List(directory);
        }
        catch (ApplianceException e) when (e.Problem == ApplianceProblem.UnreadableFile)
        {
            refused.Add(new RejectedKernel(directory, e.Message, IsUnreadable: true));
            return [];
        }
    }

    private string ModulesOf(string version) => options.ModulesDirectory ?? modulesRoot + "/" + version;

    // Packages bring modules.order; modules.dep is made of the modules when they are installed.
    private bool HasModules(string directory) =>
        source.Find(directory + "/" + ModuleLists.Dependencies) is not null || source.Find(directory + "/" + ModuleLists.Order) is not null;

    private ApplianceException NoKernel()
    {
        string details = string.Concat(refused.Select(kernel => $"\n  {kernel.Path}: {kernel.Reason}"));
        return refused.Any(kernel => kernel.IsUnreadable)
            ? new ApplianceException(
                ApplianceProblem.UnreadableFile,
                $"There is a kernel, but this user may not read it:{details}\n" +
                "Ubuntu installs kernels that only root may read. Either make it readable ('sudo chmod 0644 /boot/vmlinuz-*', for good: " +
                "'sudo dpkg-statoverride --update --add root root 0644 /boot/vmlinuz-VERSION'), or use a kernel from a package source, " +
                "or a readable copy (--kernel, SUPERMIN_KERNEL).")
            : new ApplianceException(
                ApplianceProblem.NoKernel,
                $"There is no suitable kernel for {options.Cpu} in {modulesRoot}/*/vmlinuz or "
                + $"{BootDirectory}/vmlinuz-*{(details.Length > 0 ? ":" + details : ".")}\n" +
                $"Install one. Debian: {(options.Cpu == "aarch64" ? "linux-image-cloud-arm64" : "linux-image-cloud-amd64")}; Ubuntu: "
                + "linux-image-virtual; Fedora: kernel-core; Arch: linux.");
    }
}
