using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;

namespace Guestfs.Exports;

/// <summary>The builder of appliances has failed.</summary>
/// <param name="problem">Which problem it was.</param>
/// <param name="message">What happened and what to do.</param>
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "None reaches a caller.")]
internal sealed class BuilderException(gfs_appliance_problem problem, string message) : Exception(PrintableText.Of(message))
{
    internal gfs_appliance_problem Problem { get; } = problem;
}
