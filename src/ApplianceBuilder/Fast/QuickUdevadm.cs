using Guestfs.Appliances.Common;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Fast;

/// <summary>A small program in front of udevadm, which the daemon runs with nearly everything it does to disks:
/// native/guest/udevadm.</summary>
internal static class QuickUdevadm
{
    private const string Name = "udevadm";

    // As it looks for the real one.
    private static readonly string[] RealPlaces = ["/usr/bin/udevadm", "/bin/udevadm"];

    /// <summary>Adds it where the daemon's PATH has it before the real one. There are systems in which that is not possible, because all
    /// programs are in one directory: their plan stays as it is.</summary>
    /// <param name="plan">A root filesystem.</param>
    /// <param name="cpu">Its processor, as <c>uname -m</c> has it.</param>
    internal static FilePlan Apply(FilePlan plan, string cpu)
    {
        PlanEntry? real = RealPlaces.Select(plan.Resolve).Select(path => path is null ? null : plan.Find(path))
            .FirstOrDefault(entry => entry?.Kind == EntryKind.File);
        if (real is null || plan.Resolve("/sbin") is not { } first || plan.Find(first)?.Kind != EntryKind.Directory)
        {
            return plan;
        }

        // A link to the real one is no loss.
        string path = FilePlanBuilder.Join(first, Name);
        if (path == real.Path || plan.Find(path) is { Kind: not EntryKind.SymbolicLink })
        {
            return plan;
        }

        FilePlanBuilder builder = new(plan);
        builder.Add(new PlanEntry
        {
            Path = path,
            Kind = EntryKind.File,
            Mode = Permissions.Octal0755,
            ModificationTime = real.ModificationTime,
            Content = new BytesContent(NativeCode.Udevadm(cpu)),
        });
        return builder.Build(real.ModificationTime);
    }
}
