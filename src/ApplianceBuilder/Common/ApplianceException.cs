namespace Guestfs.Appliances;

/// <summary>An appliance could not be built or used. The message says what to do.</summary>
public sealed class ApplianceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What kind of problem it is.</param>
    /// <param name="message">What happened and what to do. Control characters in it are escaped,
    /// and the middle of a very long one is left out.</param>
    /// <param name="innerException">What caused it, if that is an exception.</param>
    public ApplianceException(ApplianceProblem problem, string message, Exception? innerException = null)
        : base(PrintableText.Of(message), innerException) => Problem = problem;

    /// <summary>What kind of problem it is.</summary>
    public ApplianceProblem Problem { get; }
}
