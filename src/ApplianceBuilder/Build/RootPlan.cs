using Guestfs.Appliances.Kernel;
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Build;

/// <summary>What the root filesystem holds, and how to read the kernel's modules.</summary>
/// <param name="Files">The root filesystem.</param>
/// <param name="Kernels">Where the kernel's modules are read from.</param>
/// <param name="Timestamp">The time of what has none of its own, in seconds since 1970.</param>
internal sealed record RootPlan(FilePlan Files, IKernelSource Kernels, long Timestamp);
