// Inspection made easy: what is on the disks, as typed values, and mounting it as the guest does.
using Guestfs.Interop;

namespace Guestfs;

public sealed unsafe partial class GuestfsHandle
{
    /// <summary>
    /// Looks for operating systems on all disks and tells what is known about each. Unmounts everything first, and mounts
    /// nothing that stays. Takes a second or two.
    /// </summary>
    /// <param name="options">What differs from the defaults, such as keys for encrypted disks.</param>
    /// <returns>The operating systems; empty if there is none, several for disks of a multi-boot machine or of several machines. And
    /// what could not be looked into.</returns>
    /// <exception cref="GuestfsException">
    /// The appliance does not answer: a damaged filesystem may even end it, which is a <see cref="GuestfsApplianceDiedException"/>.
    /// What a guest's files have wrong is in <see cref="GuestOperatingSystem.Problems"/>.
    /// </exception>
    /// <remarks>
    /// <para>Linux and Windows are recognised here, with the questions and the words of <c>guestfs_inspect_os</c> of guestfs(3), but by
    /// reading partition tables, superblocks and files instead of starting programs in the appliance. Where there is another system, or a
    /// dynamic disk of Windows, <c>guestfs_inspect_os</c> answers for all. <see cref="InspectOs"/> is always that function, and those that
    /// begin with <c>InspectGet</c> need it to be called first.</para>
    /// <para>LUKS 1 and 2 and BitLocker are opened with <see cref="InspectOptions.Keys"/>, also where they are in logical volumes or have
    /// some in them. They stay open, since <see cref="MountAll"/> mounts what is in them: <see cref="CryptsetupClose"/> closes them, as the
    /// end of the appliance does. A key that does not fit takes as long as one that does: seconds, and more without KVM.</para>
    /// <para>A filesystem that cannot be mounted is told by <see cref="WarningReceived"/> and skipped.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// GuestInspection found = g.Inspect(new() { Keys = [GuestKey.FromPassphrase("secret", "/dev/sda2")] });
    /// foreach (GuestOperatingSystem os in found)
    /// {
    ///     Console.WriteLine($"{os.Root}: {os.ProductName} ({os.Architecture})");
    /// }
    /// </code>
    /// </example>
    public GuestInspection Inspect(in InspectOptions options = default) => InspectInSteps(options, InspectionSteps.Unwatched);

    /// <inheritdoc cref="Inspect"/>
    internal GuestInspection InspectInSteps(in InspectOptions options, InspectionSteps steps)
    {
        Inspector inspector = new(this, options.Keys ?? [], options.IncludeSnapshots, steps);
        IReadOnlyList<GuestOperatingSystem> systems = inspector.Find() ?? InspectByLibguestfs();
        return new GuestInspection(systems, inspector.EncryptedDevices, inspector.Problems);
    }

    /// <summary>The same as <see cref="Inspect"/> on the handle's own thread.</summary>
    /// <param name="options">What differs from the defaults, such as keys for encrypted disks.</param>
    /// <param name="progress">Told what is looked at; called on the handle's own thread.</param>
    /// <param name="cancellationToken">Cancelling takes effect between two calls of libguestfs, and leaves the appliance running and
    /// nothing mounted that was not before. If one call takes longer than <see cref="GuestfsHandleOptions.CancellationTimeout"/>, the
    /// appliance is ended, as by a power failure, and the handle closed.</param>
    /// <returns>A task with the operating systems. It fails with what <see cref="Inspect"/> throws.</returns>
    /// <remarks>guestfs(3): <c>guestfs_mount_ro</c>, <c>guestfs_pread_device</c>, <c>guestfs_cryptsetup_open</c>,
    /// <c>guestfs_inspect_os</c>.</remarks>
    public Task<GuestInspection> InspectAsync(
        InspectOptions options = default, IProgress<GuestInspectionProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunOnWorker(
            CancelMethod.UserCancel, token => InspectInSteps(options, new InspectionSteps(progress, token)), null, cancellationToken);

    /// <summary>The same as <see cref="MountAll"/> on the handle's own thread.</summary>
    /// <param name="os">One of the operating systems that <see cref="Inspect"/> found.</param>
    /// <param name="readOnly">Nothing can be changed through these mounts.</param>
    /// <param name="keys">Keys for encrypted devices that <see cref="Inspect"/> had none for.</param>
    /// <param name="progress">Told what is looked at; called on the handle's own thread.</param>
    /// <param name="cancellationToken">Cancelling takes effect between two calls of libguestfs, and leaves the appliance running and
    /// nothing mounted that was not before. If one call takes longer than <see cref="GuestfsHandleOptions.CancellationTimeout"/>, the
    /// appliance is ended, as by a power failure, and the handle closed.</param>
    /// <returns>A task with what is mounted and what is not. It fails with what <see cref="MountAll"/> throws.</returns>
    /// <remarks>guestfs(3): <c>guestfs_mount_ro</c>, <c>guestfs_mount</c>.</remarks>
    public Task<GuestMountReport> MountAllAsync(
        GuestOperatingSystem os, bool readOnly = true, IReadOnlyList<GuestKey>? keys = null,
        IProgress<GuestInspectionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(os);
        return RunOnWorker(
            CancelMethod.UserCancel, token => MountAllInSteps(os, readOnly, keys, new InspectionSteps(progress, token)), null,
            cancellationToken);
    }

    /// <summary>The same as <see cref="ListApplications"/> on the handle's own thread.</summary>
    /// <param name="os">One of the operating systems that <see cref="Inspect"/> found, after <see cref="MountAll"/>.</param>
    /// <param name="progress">Told what is looked at; called on the handle's own thread.</param>
    /// <param name="cancellationToken">Cancelling takes effect between two calls of libguestfs, and leaves the appliance running and
    /// nothing mounted that was not before. If one call takes longer than <see cref="GuestfsHandleOptions.CancellationTimeout"/>, the
    /// appliance is ended, as by a power failure, and the handle closed.</param>
    /// <returns>A task with the applications. It fails with what <see cref="ListApplications"/> throws.</returns>
    /// <remarks>guestfs(3): <c>guestfs_download</c>, <c>guestfs_hivex_open</c>.</remarks>
    public Task<GuestApplicationReport> ListApplicationsAsync(
        GuestOperatingSystem os, IProgress<GuestInspectionProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(os);
        return RunOnWorker(
            CancelMethod.UserCancel, token => ListApplicationsInSteps(os, new InspectionSteps(progress, token)), null, cancellationToken);
    }

    /// <summary>
    /// Mounts the filesystems of an operating system where it mounts them itself, parents first; calls functions of
    /// guestfs(3), above all <c>guestfs_mount_ro</c> or <c>guestfs_mount</c>. <see cref="UmountAll"/> undoes it.
    /// </summary>
    /// <param name="os">One of the operating systems that <see cref="Inspect"/> found.</param>
    /// <param name="readOnly">
    /// Nothing can be changed through these mounts. The kernel still replays the journal of a filesystem that was not
    /// unmounted: add the disks read-only to keep them unchanged to the last bit.
    /// </param>
    /// <param name="keys">Keys for encrypted devices that <see cref="Inspect"/> had none for. What they open stays open.</param>
    /// <returns>
    /// What is mounted, and what could not be and why: with <paramref name="readOnly"/> false also what its driver would only
    /// mount read-only, such as the NTFS of a hibernated Windows. A filesystem that is missing hides nothing else: what is below its
    /// mountpoint is still tried.
    /// </returns>
    /// <exception cref="InvalidOperationException">Something is mounted.</exception>
    /// <exception cref="GuestfsException">The root filesystem cannot be mounted, and nothing is; the message says what helps.
    /// Or the appliance died.</exception>
    /// <remarks>
    /// <para><see cref="GuestOperatingSystem.Root"/> is mounted on <c>/</c> even if the guest's <c>/etc/fstab</c> names another device for
    /// it.</para>
    /// <para>Of Windows this is the system's drive alone: other drives have no directory there. Mount them from
    /// <see cref="GuestOperatingSystem.DriveMappings"/> after <see cref="UmountAll"/>.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// GuestOperatingSystem os = g.Inspect()[0];
    /// foreach (GuestMountFailure failure in g.MountAll(os).Failed)
    /// {
    ///     Console.Error.WriteLine(failure);
    /// }
    /// </code>
    /// </example>
    public GuestMountReport MountAll(GuestOperatingSystem os, bool readOnly = true, IReadOnlyList<GuestKey>? keys = null) =>
        MountAllInSteps(os, readOnly, keys, InspectionSteps.Unwatched);

    /// <inheritdoc cref="MountAll"/>
    internal GuestMountReport MountAllInSteps(GuestOperatingSystem os, bool readOnly, IReadOnlyList<GuestKey>? keys, InspectionSteps steps)
    {
        ArgumentNullException.ThrowIfNull(os);
        if (Mounts() is { Length: > 0 } mounts)
        {
            throw new InvalidOperationException(
                $"{PrintableText.Line(string.Join(", ", mounts))} is mounted: call {ApiName.Function(nameof(UmountAll))} before "
                + $"{ApiName.Function(nameof(MountAll), "guest_os_mount")}.");
        }

        return new GuestMounter(this, os, readOnly, keys ?? [], steps).MountAll();
    }

    /// <summary>Lists the applications or packages of an operating system that is mounted: packages of dpkg, rpm (SQLite, ndb,
    /// Berkeley DB), pacman and apk, the programs of Windows that can be removed, flatpaks and snaps. They are read here, whatever the
    /// appliance has, with the words of <c>guestfs_inspect_list_applications2</c> of guestfs(3).</summary>
    /// <param name="os">One of the operating systems that <see cref="Inspect"/> found, after <see cref="MountAll"/>:
    /// the list is read from its files.</param>
    /// <returns>The applications, and what of their databases could not be read.</returns>
    /// <exception cref="InvalidOperationException">Another filesystem than this operating system's root is mounted on <c>/</c>,
    /// or none.</exception>
    /// <exception cref="GuestfsException">The appliance does not answer.</exception>
    /// <example>
    /// <code>
    /// GuestOperatingSystem os = g.Inspect()[0];
    /// g.MountAll(os);
    /// foreach (GuestApplication application in g.ListApplications(os).Applications)
    /// {
    ///     Console.WriteLine($"{application.Name} {application.Version}");
    /// }
    /// </code>
    /// </example>
    public GuestApplicationReport ListApplications(GuestOperatingSystem os) => ListApplicationsInSteps(os, InspectionSteps.Unwatched);

    /// <inheritdoc cref="ListApplications"/>
    internal GuestApplicationReport ListApplicationsInSteps(GuestOperatingSystem os, InspectionSteps steps)
    {
        ArgumentNullException.ThrowIfNull(os);
        IReadOnlyDictionary<string, string> mounts = Mountpoints();
        if (!IsRoot(mounts, os.Root))
        {
            (string what, string before) = mounts.Count == 0
                ? ("nothing", "")
                : ("another filesystem", $"{ApiName.Function(nameof(UmountAll))} and ");
            throw new InvalidOperationException(
                $"The applications of {os.Root} are read from its files, but {what} is mounted on /. Call "
                + $"{before}{ApiName.Function(nameof(MountAll), "guest_os_mount")} first.");
        }

        return new ApplicationReader(this, os, steps).Read();
    }

    /// <summary>The systems that guestfs_inspect_os finds, with the answers of its companions.</summary>
    internal IReadOnlyList<GuestOperatingSystem> InspectByLibguestfs() =>
        [.. InspectOs().Select(root => new InspectionReader(this, root).Read())];

    /// <summary>The answer of a call, or another one if the call fails while the appliance goes on.</summary>
    internal T AnswerOr<T>(Func<T> call, T otherwise)
    {
        try
        {
            return call();
        }
        catch (GuestfsException) when (State == GuestfsState.Ready)
        {
            return otherwise;
        }
    }

    /// <summary>The type of a filesystem, or null if there is none that is known.</summary>
    internal string? FilesystemType(string mountable) =>
        AnswerOr<string?>(() => VfsType(mountable), null) is { Length: > 0 } type ? type : null;

    // Of a device that is mounted twice, as btrfs with subvolumes is, upstream's table has but one mountpoint, which need not be /.
    private bool IsRoot(IReadOnlyDictionary<string, string> mounts, string mountable)
    {
        bool hasRoot = mounts.Values.Contains("/");
        string root = Device(mountable);
        return mounts.Any(m => (m.Value == "/" || !hasRoot) && Device(m.Key) == root);
    }

    // A logical volume has two names; of a btrfs subvolume the kernel tells the device alone.
    private string Device(string mountable)
    {
        string device = MountableDevice(mountable);
        return device.StartsWith(BlockDevices.Mapper, StringComparison.Ordinal)
            ? AnswerOr(() => LvmCanonicalLvName(device), device)
            : device;
    }
}
