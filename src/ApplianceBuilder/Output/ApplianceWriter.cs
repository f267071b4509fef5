using Guestfs.Appliances.Build;
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Ext2;
using Guestfs.Appliances.Fast;
using Guestfs.Appliances.Host;
using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Manifest;
using Guestfs.Appliances.Modules;
using Guestfs.Appliances.Plan;
using Microsoft.Win32.SafeHandles;

namespace Guestfs.Appliances.Output;

/// <summary>Writes the fixed appliance: the directory that libguestfs boots without asking supermin.</summary>
internal static class ApplianceWriter
{
    internal const string KernelName = "kernel", InitrdName = "initrd", RootName = "root", ReadmeName = "README.fixed";

    /// <summary>By whose existence libguestfs knows a fixed appliance.</summary>
    internal static readonly string[] FixedFiles = [ReadmeName, KernelName, InitrdName, RootName];

    private const string SpoolName = ".spool";

    /// <summary>Writes an appliance into a new directory.</summary>
    /// <param name="inputs">What it is made of.</param>
    /// <param name="directory">The directory; there must be nothing of that name.</param>
    /// <param name="durable">Whether to wait until everything is on the disk.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops the work, and leaves a directory that is no appliance.</param>
    internal static ApplianceManifest Write(
        ApplianceInputs inputs, string directory, bool durable, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        Posix.CreateDirectory(directory, Permissions.Octal0755);
        try
        {
            (long timestamp, IEnumerable<ManifestFile> outputs, IReadOnlyList<ManifestPackage> packages) = inputs.WithPlan(
                Path.Combine(directory, SpoolName),
                progress,
                plan => (plan.Timestamp, WriteParts(inputs, plan, directory, progress, cancellationToken), inputs.PackagesIn(plan.Files)),
                cancellationToken);
            ManifestFile[] files =
            [
                WriteBytes(directory, ReadmeName, Readme(inputs)),
                .. outputs.OrderBy(output => output.Name, StringComparer.Ordinal),
            ];
            ApplianceManifest manifest = new()
            {
                // What older versions can read has the older format.
                Format = Array.TrueForAll(files, file => file.Sha256 is not null)
                    ? ApplianceManifest.OldestFormat
                    : ApplianceManifest.CurrentFormat,
                Builder = BuilderVersion.Current,
                Profile = inputs.Options.ChosenProfile,
                Architecture = inputs.Options.Kernel.Cpu,
                KernelVersion = inputs.Kernel!.Version,
                RootUuid = inputs.RootUuid,
                Timestamp = timestamp,
                Packages = packages,
                Inputs = inputs.Files,
                Outputs = files,
            };
            WriteBytes(directory, CycloneDx.FileName, CycloneDx.ToJson(manifest));
            WriteBytes(directory, ApplianceManifest.FileName, manifest.ToJson());
            if (durable)
            {
                DurableFiles.Sync(directory);
            }

            return manifest;
        }
        catch (Exception exception) when (OutputFault.Is(exception))
        {
            throw OutputFault.From(directory, exception);
        }
    }

    private static IEnumerable<ManifestFile> WriteParts(
        ApplianceInputs inputs, RootPlan plan, string directory, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        // Beside the root, which takes many times as long and leaves a processor idle now and then.
        Task<ManifestFile[]> boot = Task.Run(
            () => new[]
            {
                WriteKernel(inputs, directory, progress, cancellationToken),
                WriteInitrd(inputs, plan, directory, cancellationToken),
            }, CancellationToken.None);
        try
        {
            ManifestFile root = WriteRoot(inputs, plan, directory, progress, cancellationToken);
            return boot.GetAwaiter().GetResult().Append(root);
        }
        finally
        {
            // Whatever happened to the root: who removes the directory must be alone with it.
            Task.WaitAny([boot], CancellationToken.None);
        }
    }

    /// <summary>Writes the kernel as a file of its own.</summary>
    internal static ManifestFile WriteKernel(
        ApplianceInputs inputs, string directory, IProgress<ApplianceProgress>? progress, CancellationToken cancellationToken)
    {
        KernelChoice kernel = inputs.Kernel!;
        bool withTypes = !inputs.Options.Slim || !KernelTypes.AreNeedless(kernel);
        FileContent image = inputs.Options.ChosenProfile == ApplianceProfile.Fast
            ? KernelElf.Unpack(kernel, withTypes, inputs.Options.Log, cancellationToken) ?? kernel.Image
            : kernel.Image;
        progress?.Report(new ApplianceProgress(ApplianceStage.WritingKernel, 0, image.Length, kernel.ImagePath));
        using Sha256Hash hash = new();
        using SafeFileHandle file = Posix.CreateFile(Path.Combine(directory, KernelName), Permissions.Octal0644);
        using IContentReader reader = image.Open();
        byte[] buffer = GC.AllocateUninitializedArray<byte>(1 << 20);
        for (long at = 0; at < image.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, image.Length - at));
            reader.ReadExactly(at, part);
            hash.Add(part);
            WriteData(file, part, at);
            at += part.Length;
        }

        RandomAccess.SetLength(file, image.Length);
        return new ManifestFile(KernelName, image.Length, Convert.ToHexStringLower(hash.Current()));
    }

    // Room for the kernel's data, a third of it when it is unpacked, is a hole.
    private static void WriteData(SafeFileHandle file, ReadOnlySpan<byte> part, long at)
    {
        const int Block = 1 << 12;
        for (int start = 0; start < part.Length; start += Block)
        {
            ReadOnlySpan<byte> block = part[start..Math.Min(start + Block, part.Length)];
            if (block.ContainsAnyExcept((byte)0))
            {
                RandomAccess.Write(file, block, at + start);
            }
        }
    }

    /// <summary>Writes the initrd.</summary>
    internal static ManifestFile WriteInitrd(ApplianceInputs inputs, RootPlan plan, string directory, CancellationToken cancellationToken)
    {
        ApplianceProfile profile = inputs.Options.ChosenProfile;
        IReadOnlyList<KernelModule> modules = KernelModules.Select(plan.Kernels, inputs.Kernel!, cancellationToken);
        foreach (string lack in NeededDrivers.Lacks(plan.Kernels, inputs.Kernel!, cancellationToken))
        {
            inputs.Options.Warn?.Invoke(lack);
        }

        if (profile == ApplianceProfile.Fast)
        {
            modules = QuickModules.Of(modules, inputs.Kernel!);
        }

        IReadOnlyList<KeyValuePair<string, string>> lists = profile == ApplianceProfile.Fast
            ? FastLists.Create(plan.Files, plan.Kernels, inputs.Kernel!, inputs.Options.Log, cancellationToken)
            : [];
        using FileStream file = new(Posix.CreateFile(Path.Combine(directory, InitrdName), Permissions.Octal0644), FileAccess.Write);
        byte[] digest = InitrdWriter.Write(
            file, NativeCode.Init(profile, inputs.Options.Kernel.Cpu), lists, modules, plan.Timestamp, cancellationToken);
        file.Flush();
        inputs.Options.Log?.Invoke($"initrd: {modules.Count} modules");
        return new ManifestFile(InitrdName, file.Length, Convert.ToHexStringLower(digest));
    }

    private static ManifestFile WriteRoot(
        ApplianceInputs inputs, RootPlan plan, string directory, IProgress<ApplianceProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (inputs.Options.ChosenProfile == ApplianceProfile.Fast)
        {
            LazyPlan lazy = LazyLibraryBuilder.Apply(
                plan.Files, LazyOptions.ForDaemon(plan.Files), LazyCode.Read(inputs.Options.Kernel.Cpu), cancellationToken);
            foreach (LazyLibrary library in lazy.Libraries)
            {
                inputs.Options.Log?.Invoke(library.ToString());
            }

            plan = plan with { Files = QuickUdevadm.Apply(lazy.Files, inputs.Options.Kernel.Cpu) };
        }

        Ext2Layout layout = RootLayout(inputs, plan, computeDigest: true);
        string digest = Convert.ToHexStringLower(Ext2Image.Write(layout, Path.Combine(directory, RootName), progress, cancellationToken)!);
        return layout.IsMostlyHoles
            ? new ManifestFile(RootName, layout.Size, DataSha256: digest)
            : new ManifestFile(RootName, layout.Size, digest);
    }

    /// <summary>The layout of the root image.</summary>
    internal static Ext2Layout RootLayout(ApplianceInputs inputs, RootPlan plan, bool computeDigest)
    {
        Ext2Layout layout = Ext2Image.Plan(plan.Files, new Ext2Options
        {
            Size = inputs.Options.RootSize,
            FreeSpace = inputs.Options.FreeSpace,
            Uuid = inputs.RootUuid,
            Timestamp = plan.Timestamp,
            ComputeDigest = computeDigest,
        });
        inputs.Options.Log?.Invoke($"root: {plan.Files.Entries.Count} names, {layout.Size >> 20} MiB with free space");
        return layout;
    }

    private static ManifestFile WriteBytes(string directory, string name, byte[] bytes)
    {
        using SafeFileHandle file = Posix.CreateFile(Path.Combine(directory, name), Permissions.Octal0644);
        RandomAccess.Write(file, bytes, 0);
        return new ManifestFile(name, bytes.Length, Sha256Hash.HexOf(bytes));
    }

    // libguestfs takes the directory for a fixed appliance because this file exists.
    private static byte[] Readme(ApplianceInputs inputs) => System.Text.Encoding.UTF8.GetBytes(
        $"""
        This is an appliance of libguestfs, with Linux {inputs.Kernel!.Version}, made by gfs {BuilderVersion.Current}.

        Any libguestfs of a version near to that of the daemon in it can use it:

            export LIBGUESTFS_PATH=<this directory>

        {ApplianceManifest.FileName} says what it was made of and what the digests of its files are; 'gfs appliance verify' compares them.
        {CycloneDx.FileName} is the same as a bill of materials in CycloneDX form. It holds programs under their own licences.

        """);
}
