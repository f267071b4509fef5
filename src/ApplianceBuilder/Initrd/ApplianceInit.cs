// The program that the initrd runs first, compiled from native/appliance-init when this library is built.
using System.Buffers.Binary;

namespace Guestfs.Appliances;

/// <summary>The init of the initrd.</summary>
internal static class ApplianceInit
{
    private const int MachineOffset = 18;

    /// <summary>The program's bytes.</summary>
    /// <param name="profile">How the appliance starts.</param>
    /// <param name="cpu">The processor it must run on, as <c>uname -m</c> has it.</param>
    /// <exception cref="ApplianceException">This library was built for another processor.</exception>
    internal static byte[] Read(ApplianceProfile profile, string cpu)
    {
        using Stream resource = typeof(ApplianceInit).Assembly.GetManifestResourceStream(profile == ApplianceProfile.Fast ? "appliance-init-fast" : "appliance-init")!;
        byte[] program = new byte[resource.Length];
        resource.ReadExactly(program);
        string machine = BinaryPrimitives.ReadUInt16LittleEndian(program.AsSpan(MachineOffset)) switch
        {
            62 => "x86_64",
            183 => "aarch64",
            ushort other => $"ELF machine {other}",
        };
        return machine == cpu
            ? program
            : throw new ApplianceException(ApplianceProblem.InvalidInput, $"This build of the library makes appliances for {machine} only, not for {cpu}. Build it on such a machine.");
    }
}
