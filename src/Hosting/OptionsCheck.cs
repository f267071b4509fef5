using Microsoft.Extensions.Options;

namespace Guestfs.Extensions.Hosting;

/// <summary>What is wrong with options, all of it at once.</summary>
internal sealed class OptionsCheck : IValidateOptions<GuestfsOptions>
{
    public ValidateOptionsResult Validate(string? name, GuestfsOptions options)
    {
        ValidateOptionsResultBuilder result = new();
        void AtLeast(string member, long? value, long least)
        {
            if (value < least)
            {
                result.AddError($"it is {value}, but must be at least {least}.", member);
            }
        }

        void Time(string member, TimeSpan? value, bool mayBeInfinite)
        {
            if (value is { } time && !(mayBeInfinite && time == Timeout.InfiniteTimeSpan)
                && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(24)))
            {
                result.AddError($"it is {time}, but must be more than 0 and at most 24 days.", member);
            }
        }

        // guestfs_set_memsize(3) refuses less than the first; guestfs_set_smp(3) takes up to 255.
        AtLeast(nameof(options.ApplianceMemoryMegabytes), options.ApplianceMemoryMegabytes, 256);
        AtLeast(nameof(options.ApplianceProcessors), options.ApplianceProcessors, 1);
        AtLeast(nameof(options.MaxMemoryMegabytes), options.MaxMemoryMegabytes, 1);
        AtLeast(nameof(options.MaxProcessors), options.MaxProcessors, 1);
        AtLeast(nameof(options.MaxAppliances), options.MaxAppliances, 1);
        AtLeast(nameof(options.MaxQueueLength), options.MaxQueueLength, 0);
        Time(nameof(options.QueueTimeout), options.QueueTimeout, mayBeInfinite: false);
        Time(nameof(options.LaunchTimeout), options.LaunchTimeout, mayBeInfinite: false);
        Time(nameof(options.CancellationTimeout), options.CancellationTimeout, mayBeInfinite: true);
        if (options.ApplianceProcessors > 255)
        {
            result.AddError($"it is {options.ApplianceProcessors}, but must be at most 255.", nameof(options.ApplianceProcessors));
        }

        if (!Enum.IsDefined(options.Accelerator))
        {
            result.AddError($"it is {(int)options.Accelerator}, which is none.", nameof(options.Accelerator));
        }

        if (options.MaxMemoryMegabytes is > 0 and { } memory && memory < Capacity.Megabytes(options))
        {
            result.AddError(
                $"it is {memory}, but one appliance takes {Capacity.Megabytes(options)}, {GuestfsOptions.QemuMegabytes} of them its qemu: "
                + "none could ever run.", nameof(options.MaxMemoryMegabytes));
        }

        if (options.MaxProcessors is > 0 and { } processors && processors < options.ApplianceProcessors)
        {
            result.AddError(
                $"it is {processors}, but one appliance has {options.ApplianceProcessors}: none could ever run.",
                nameof(options.MaxProcessors));
        }

        if (options.AppliancePath is { } path && !File.Exists(Path.Combine(path, "README.fixed")))
        {
            result.AddError($"{path} is no directory with a fixed appliance: it has no README.fixed.", nameof(options.AppliancePath));
        }

        if (options.Backend is { } backend && string.IsNullOrWhiteSpace(backend))
        {
            result.AddError("it is empty; leave it out for libguestfs' default.", nameof(options.Backend));
        }

        return result.Build();
    }
}
