// Where a handle's log comes from. Made where the logger factory is set: a trimmed program that sets none is without all this.
using Microsoft.Extensions.Logging;

namespace Guestfs;

/// <summary>The logger factory of a handle's options.</summary>
internal sealed record LogSource(ILoggerFactory Factory)
{
    /// <summary>The log of one handle.</summary>
    internal HandleLog Open() => new(Factory);
}
