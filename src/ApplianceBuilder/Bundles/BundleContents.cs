// Chooses of a system's files what a bundle needs, and makes them find each other there: docs/design/bundle.md.
using Guestfs.Appliances.Common;
using Guestfs.Appliances.Elf;
using Guestfs.Appliances.Plan;

using static Guestfs.Appliances.Elf.ElfFormat;

namespace Guestfs.Appliances.Bundles;

/// <summary>The files of a bundle without its appliance, by their names in it.</summary>
internal sealed class BundleContents
{
    private const string LibraryName = "libguestfs.so.0", OwnPrefix = "gfs", Prefix = "lib", Run = "gfsxvp";
    private const int StarterSize = 32 << 10;
    private const string LoaderDirectory = "loader/", GccLibrary = "libgcc_s.so.1";

    // glibc and what it loads itself: in the process the host's, for programs the bundle's, under the names that it knows.
    private static readonly string[] OfRuntime =
    [
        "ld-linux", "libc.so.", "libm.so.", "libmvec.so.", "libdl.so.", "libpthread.so.", "librt.so.", "libresolv.so.", "libutil.so.",
        "libanl.so.", "libnsl.so.1", "libnss_", "libBrokenLocale.so.", "libthread_db.so.", GccLibrary,
    ];

    // What libguestfs and gfs run on the host, besides qemu, that a host may not have.
    private static readonly string[] ProgramNames = ["qemu-img", "qemu-nbd", "tar", "rm"];

    // Of qemu's modules: the processor that it emulates, and disks of other places than files. Not those of Ceph and Gluster, which bring
    // more code than all the rest, nor that of devices by libblkio, which libguestfs has no name for.
    private static readonly string[] WithoutModules = ["block-rbd.so", "block-gluster.so", "block-blkio.so"];

    private static readonly HashSet<string> Firmware = new(StringComparer.Ordinal)
    {
        "bios.bin", "bios-256k.bin", "bios-microvm.bin", "qboot.rom", "kvmvapic.bin", "linuxboot.bin", "linuxboot_dma.bin", "multiboot.bin",
        "multiboot_dma.bin", "pvh.bin", "efi-virtio.rom", "pxe-virtio.rom",
    };

    private readonly FilePlan plan;
    private readonly string cpu, hypervisor;
    private readonly ushort machine;
    private readonly SharedObjects objects;
    private readonly SortedDictionary<string, BundleFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<ElfObject, LibraryNames> names = [];
    private readonly HashSet<ElfObject> ofPrograms = [];
    private readonly HashSet<string> sources = new(StringComparer.Ordinal);
    private readonly List<string> load = [];

    /// <summary>Chooses the files.</summary>
    /// <param name="plan">A system with libguestfs and qemu.</param>
    /// <param name="cpu">The processor.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <exception cref="ApplianceException">Something is missing.</exception>
    internal BundleContents(FilePlan plan, string cpu, CancellationToken cancellationToken)
    {
        this.plan = plan;
        this.cpu = cpu;
        hypervisor = $"qemu-system-{cpu}";
        machine = cpu == "aarch64" ? EM_AARCH64 : EM_X86_64;
        objects = new SharedObjects(plan, IsProgram, machine, cancellationToken);
        ElfObject library = objects.FindAll(LibraryName) is [ElfObject first, ..] ? first : throw Missing(LibraryName, "libguestfs");
        Library = library.Path;
        AddProcess(library);
        foreach (string name in ProgramNames.Prepend(hypervisor))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddProgram(name);
        }

        AddModules();

        // Of OpenSSL, which .NET's programs need, and images that are made of the bundle have from nowhere else.
        foreach (ElfObject found in objects.FindAll("libssl.so.3"))
        {
            Add(found);
            AddNeeds(found);
        }

        foreach (PlanEntry entry in plan.Entries.Where(entry => Firmware.Contains(FilePlanBuilder.NameOf(entry.Path))))
        {
            AddFirmware(entry);
        }
    }

    /// <summary>The files.</summary>
    internal IReadOnlyDictionary<string, BundleFile> Files => files;

    /// <summary>The libraries that a process loads, in this order.</summary>
    internal IReadOnlyList<string> LoadOrder => load;

    /// <summary>The paths of the files that went into it.</summary>
    internal IReadOnlySet<string> Sources => sources;

    /// <summary>The oldest glibc of a host that can use it.</summary>
    internal Version Glibc { get; private set; } = new(2, 0);

    /// <summary>The path of libguestfs in the plan.</summary>
    internal string Library { get; }

    /// <summary>The path of qemu in the plan.</summary>
    internal string Hypervisor { get; private set; } = "";

    private bool IsProgram(string path) =>
        FilePlanBuilder.NameOf(path) is var name && (name == hypervisor || ProgramNames.Contains(name, StringComparer.Ordinal));

    private static bool IsOfRuntime(string name) => Array.Exists(OfRuntime, start => name.StartsWith(start, StringComparison.Ordinal));

    // So that no library of the host is taken for one of these, nor the other way round, in whatever process.
    private static string OwnName(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && !IsOfRuntime(name) ? OwnPrefix + name[Prefix.Length..] : name;

    // What the process loads: dependencies first, so that each finds its own among what is loaded already.
    private void AddProcess(ElfObject library)
    {
        HashSet<ElfObject> seen = [];
        PlanEntry entry = library.Entry;
        files.Add($"{GuestfsBundle.Libraries}/{Run}", new BundleFile(
            new BytesContent(NativeCode.BundleRun(cpu)), Permissions.Octal0644, entry.ModificationTime));
        load.Add(Run);
        Visit(library);
        Version? floor = seen.Select(found => LibraryNames.GlibcFloor(names[found].NeededVersions.Where(need => IsOfRuntime(need.Library))))
            .Max();
        Glibc = floor!;

        // For images that have nothing but the bundle, and for all programs there.
        foreach (ElfObject of in seen.SelectMany(found => found.Needed.Where(IsOfRuntime).Select(name => Find(name, found))).Distinct())
        {
            Add(of);
        }

        void Visit(ElfObject found)
        {
            if (!seen.Add(found))
            {
                return;
            }

            foreach (string needed in found.Needed.Where(name => !IsOfRuntime(name)))
            {
                Visit(Find(needed, found));
            }

            load.Add(Add(found)[(GuestfsBundle.Libraries.Length + 1)..]);
        }
    }

    private void AddProgram(string name)
    {
        ElfObject program = objects.All.Where(found => FilePlanBuilder.NameOf(found.Path) == name)
            .OrderBy(found => found.Path.Length).FirstOrDefault() ?? throw Missing(name, name);
        Hypervisor = name == hypervisor ? program.Path : Hypervisor;
        Add(program, $"libexec/{name}");
        AddNeeds(program);

        // As old as the program, and of another size for another one: by that others know it. The launcher that stands for qemu in saved
        // appliances makes itself as large as it, and has more bytes than the starter.
        byte[] starter = new byte[StarterSize + (program.Entry.Content!.Length % StarterSize)];
        NativeCode.BundleStart(cpu).CopyTo(starter, 0);
        files.Add($"{GuestfsBundle.Programs}/{name}", new BundleFile(
            new BytesContent(starter), Permissions.Octal0755, program.Entry.ModificationTime));
        AddLoader(program);

        // glibc loads it by its name when a thread ends.
        if (objects.FindAll(GccLibrary) is [ElfObject gcc, ..])
        {
            Add(gcc);
        }
    }

    // By its name alone: no package need have the directory that programs name, a link in the system's root.
    private void AddLoader(ElfObject program)
    {
        string name = FilePlanBuilder.NameOf(program.Interpreter ?? "");
        if (objects.FindAll(name) is not [ElfObject loader, ..])
        {
            throw Missing($"the loader of {program.Path}", "glibc");
        }

        sources.Add(loader.Path);
        files.TryAdd(
            GuestfsBundle.Loader, new BundleFile(loader.Entry.Content!, Permissions.Octal0755, loader.Entry.ModificationTime));
    }

    private void AddModules()
    {
        string? directory = objects.FindAll($"accel-tcg-{cpu}.so").Concat(objects.FindAll("block-curl.so")).FirstOrDefault() is { } first
            ? FilePlanBuilder.ParentOf(first.Path)
            : null;
        foreach (ElfObject module in objects.All.Where(found => FilePlanBuilder.ParentOf(found.Path) == directory)
            .OrderBy(found => found.Path, StringComparer.Ordinal))
        {
            string name = FilePlanBuilder.NameOf(module.Path);
            if (name == $"accel-tcg-{cpu}.so"
                || (name.StartsWith("block-", StringComparison.Ordinal) && !WithoutModules.Contains(name, StringComparer.Ordinal)))
            {
                Add(module, $"{GuestfsBundle.Libraries}/qemu/{name}");
                AddNeeds(module);
            }
        }
    }

    private void AddFirmware(PlanEntry entry)
    {
        if ((entry.Path.StartsWith("/usr/share/", StringComparison.Ordinal) || entry.Path.StartsWith("/usr/lib/", StringComparison.Ordinal))
            && plan.Resolve(entry.Path) is { } path
            && plan.Find(path) is { Content: { } content } file)
        {
            sources.Add(path);
            files.TryAdd(
                $"share/qemu/{FilePlanBuilder.NameOf(entry.Path)}",
                new BundleFile(content, Permissions.Octal0644, file.ModificationTime));
        }
    }

    // Of glibc too, which a process has already.
    private void AddNeeds(ElfObject user)
    {
        foreach (ElfObject needed in user.Needed.Select(name => Find(name, user)).Where(ofPrograms.Add))
        {
            Add(needed);
            AddNeeds(needed);
        }
    }

    private ElfObject Find(string name, ElfObject user) => objects.Find(name, user) ?? throw new ApplianceException(
        ApplianceProblem.MissingPackage, $"{name}, which {user.Path} needs, is not in the packages. Install its package again.");

    // Adds a library, under the name by which others need it.
    private string Add(ElfObject found)
    {
        string name = found.Soname ?? FilePlanBuilder.NameOf(found.Path);
        return Add(found, IsOfRuntime(name) ? LoaderDirectory + name : $"{GuestfsBundle.Libraries}/{OwnName(name)}");
    }

    private string Add(ElfObject found, string place)
    {
        if (names.ContainsKey(found))
        {
            return place;
        }

        sources.Add(found.Path);
        try
        {
            byte[] bytes = StandInLibrary.For(found, machine) ?? found.Entry.Content!.ReadAll();
            names.Add(found, new LibraryNames(bytes));
            names[found].Rename(OwnName);
            if (found.Path == Library)
            {
                names[found].Redirect(("execvp", Run), ("system", "gfssys"));
            }

            if (!IsLoader(found))
            {
                files[place] = new BundleFile(
                    new BytesContent(bytes), found.Interpreter is null ? Permissions.Octal0644 : Permissions.Octal0755,
                    found.Entry.ModificationTime);
            }

            return place;
        }
        catch (InvalidDataException exception)
        {
            throw new ApplianceException(
                ApplianceProblem.InvalidInput, $"{found.Path} cannot be put into a bundle: {exception.Message}", exception);
        }

    }

    // It is there already, under the name by which programs start it.
    private static bool IsLoader(ElfObject found) => found.Soname?.StartsWith("ld-linux", StringComparison.Ordinal) == true;

    private static ApplianceException Missing(string what, string package) => new(
        ApplianceProblem.MissingPackage, $"{what} is not in the packages that the bundle is made of. Install the package of {package}.");
}

/// <summary>A file of a bundle.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Time">Its time, in seconds since 1970.</param>
internal sealed record BundleFile(FileContent Content, uint Mode, long Time);
