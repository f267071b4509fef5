using System.Text;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Explains that a program of a guest could not be run because it is for another processor.</summary>
internal static unsafe class ForeignProgram
{
    // The daemon speaks no other language.
    private const string Refused = ": Exec format error";

    /// <summary>For which processors the program and the appliance are; null if the message is not about that.</summary>
    /// <param name="handle">The C handle.</param>
    /// <param name="message">"command: /bin/true: Exec format error".</param>
    internal static string? Explain(guestfs_h* handle, string message)
    {
        if (!message.EndsWith(Refused, StringComparison.Ordinal))
        {
            return null;
        }

        string program = message[..^Refused.Length];
        program = program[(program.LastIndexOf(": ", StringComparison.Ordinal) + 1)..].Trim();
        string? guest = ArchitectureOf(handle, program) ?? ArchitectureOf(handle, "/bin/sh");
        guestfs_utsname* appliance = LibGuestfs.guestfs_utsname(handle);
        if (guest is null || appliance == null)
        {
            return null;
        }

        string machine = NativeResult.ReadString((byte*)appliance->uts_machine);
        LibGuestfs.guestfs_free_utsname(appliance);
        return $"The program is for the processor {guest}, and the appliance is one of {machine}: "
            + "an appliance runs programs of its own processor only.";
    }

    private static string? ArchitectureOf(guestfs_h* handle, string program)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(program + '\0'))
        {
            // It does not follow symbolic links.
            byte* real = LibGuestfs.guestfs_realpath(handle, name);
            byte* found = LibGuestfs.guestfs_file_architecture(handle, real == null ? name : real);
            if (real != null)
            {
                NativeResult.TakeString(real);
            }

            return found == null ? null : NativeResult.TakeString(found);
        }
    }
}
