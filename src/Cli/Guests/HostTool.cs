using Guestfs.Interop;

namespace Guestfs.Cli.Guests;

/// <summary>Programs of this host that commands start.</summary>
internal static class HostTool
{
    /// <summary>Refuses to start one where .NET would collect libguestfs' processes, too, from then on.</summary>
    internal static void Check(string program)
    {
        if (Environment.ProcessId == 1)
        {
            throw new IOException(
                $"As the first process of a container gfs cannot start {program}: give the container an init (--init), or start gfs from "
                + "a shell.");
        }

        if (HostProgram.Find(program, ProcessInput.Variable("PATH")) is null)
        {
            throw new IOException($"There is no {program} on this host: install it.");
        }
    }
}
