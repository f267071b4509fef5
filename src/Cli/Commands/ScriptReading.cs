// How a line of 'gfs run' is carried out in two steps: first the command reads its arguments and says what it will do with a session, in
// place of opening one; when all lines are read so, there is one session for all of them.
using System.CommandLine;

using Guestfs.Cli.Guests;

namespace Guestfs.Cli.Commands;

/// <summary>What a command is invoked with where it is a line of a script.</summary>
/// <param name="guest">What the user calls the guest.</param>
internal sealed class ScriptReading(string guest) : InvocationConfiguration
{
    /// <summary>What the user calls the guest.</summary>
    internal string Guest => guest;

    /// <summary>Whether it writes to the disks.</summary>
    internal bool Writes { get; private set; }

    /// <summary>What it does with the session.</summary>
    internal Func<GuestSession, Task>? Work { get; private set; }

    /// <summary>The script that a command is part of; null for one of its own.</summary>
    internal static ScriptReading? Of(ParseResult result) => result.InvocationConfiguration as ScriptReading;

    internal void Take(bool writes, Func<GuestSession, Task> work) => (Writes, Work) = (writes, work);
}
