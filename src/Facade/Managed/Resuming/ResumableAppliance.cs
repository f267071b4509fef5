using Guestfs.Interop;

namespace Guestfs;

/// <summary>
/// An appliance with a program that programs of libguestfs which do not use this library, such as guestfish and the virt tools, start in
/// qemu's place: it resumes a machine that has booted this appliance, in place of booting another one.
/// </summary>
/// <param name="Hypervisor">
/// The program, for the variable <c>LIBGUESTFS_HV</c>, beside <c>LIBGUESTFS_PATH</c> with the appliance's directory. It is in that
/// directory, and always has the same name. Whatever cannot be resumed it has qemu boot, as if it were not there.
/// </param>
/// <param name="IsSaved">Whether a machine is saved and was seen to be resumed.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ResumableAppliance(string Hypervisor, bool IsSaved, string Reason)
{
    private const long DiskSize = 1 << 20;

    /// <summary>
    /// Saves a machine that has booted an appliance, if none is saved that fits. That takes a boot and about 0.1 GiB in the appliance's
    /// directory, and lasts until the host is booted. It fits launches with the same qemu, version of libguestfs, size of memory
    /// and number of processors, and with the same settings of the backend: those that a new handle has here.
    /// </summary>
    /// <param name="directory">The directory of an appliance of the builder's profile <c>fast</c>. It must be this user's.</param>
    /// <param name="cancellationToken">Cancels the launches.</param>
    /// <exception cref="GuestfsLaunchException">It does not boot.</exception>
    /// <exception cref="IOException">Nothing can be written into the directory, or others have access to what would be.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no such program for this processor, or none can be run there.</exception>
    public static async Task<ResumableAppliance> PrepareAsync(string directory, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        string appliance = Path.GetFullPath(directory);
        if (ResumeDirectory.Create(appliance) is { } fault)
        {
            throw new IOException($"{appliance} cannot keep a machine: of the directory in it that is to, {fault}.");
        }

        for (bool isSaved = false; ; isSaved = true)
        {
            using GuestfsHandle g = new(new GuestfsHandleOptions { Appliance = ApplianceSource.InDirectory(appliance) });
            g.AddDriveScratch(DiskSize);
            await g.LaunchAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            string reason = g.ResumeChoice!.Reason;
            if (!isSaved && g.Session.Saving is { } saving)
            {
                reason = await saving.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (g.Session.Saved is not null)
                {
                    continue;
                }
            }

            string program = ResumeDirectory.TryWriteProgram(appliance, g.GetHv(), g.ResumeChoice.Resumed ? g.Session.Saved : null)
                ?? throw new PlatformNotSupportedException(
                    $"No program can be put into {appliance} and run there, or there is none for this processor.");
            return new ResumableAppliance(program, g.ResumeChoice.Resumed, reason);
        }
    }
}
