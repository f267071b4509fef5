// Options without a value. System.CommandLine's own take the word after them where that is 'true' or 'false', and one that is meant
// otherwise, such as a pattern or a file, would be lost.
using System.CommandLine;

namespace Guestfs.Cli;

/// <summary>An option that is given or not.</summary>
internal sealed class Flag : Option<bool>
{
    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="aliases">Its other names.</param>
    internal Flag(string name, params string[] aliases)
        : base(name, aliases) => Arity = ArgumentArity.Zero;
}
