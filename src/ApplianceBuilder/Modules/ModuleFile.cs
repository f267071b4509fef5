namespace Guestfs.Appliances.Modules;

/// <summary>A kernel module among the others of its kernel.</summary>
/// <param name="Name">The name under which the kernel knows it.</param>
/// <param name="RelativePath">Its file in the directory of the kernel's modules.</param>
/// <param name="Module">Its file in the source.</param>
internal sealed record ModuleFile(string Name, string RelativePath, KernelModule Module);
