using System.CommandLine;

namespace Guestfs.Cli.Commands;

/// <summary>A command that does all its work with one session, so that it can be a line of a script of 'gfs run'.</summary>
internal sealed class GuestVerb(string name, string description) : Command(name, description)
{
    /// <summary>Whether it may end the appliance, so that it is for no script after all.</summary>
    internal bool EndsAppliance { get; set; }
}
