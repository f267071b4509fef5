// The exception of an extraction that the host or a limit ended; what the guest's side ends has the usual ones.
namespace Guestfs;

/// <summary>
/// An extraction ended early. What was extracted before stays, whole files under their names; what was not done for
/// symbolic links and for the attributes of directories is missing.
/// </summary>
public sealed class GuestfsExtractionException(ExtractionProblem problem, int errno, string message)
    : GuestfsException("copy_out", errno, message)
{
    /// <summary>What ended it.</summary>
    public ExtractionProblem Problem { get; } = problem;
}
