using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Programs of this host that commands start.</summary>
internal static class HostTool
{
    /// <summary>The full name of one: of the bundle, if libguestfs is out of one and it is there, or of this host. Refuses to start it
    /// where .NET would collect libguestfs' processes, too, from then on.</summary>
    internal static string Find(string program)
    {
        if (Environment.ProcessId == 1)
        {
            throw new IOException(
                $"As the first process of a container gfs cannot start {program}: give the container an init (--init), or start gfs from "
                + "a shell.");
        }

        // Whether there is a bundle is known from then on.
        GuestfsLibrary.Load();
        return HostProgram.Find(program, ProcessInput.Variable("PATH"))
            ?? throw new IOException($"There is no {program} on this host: install it.");
    }
}
