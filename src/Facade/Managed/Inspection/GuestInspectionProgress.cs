namespace Guestfs;

/// <summary>How far an inspection is: told before each step.</summary>
/// <param name="Subject">What is looked at now: a device, a directory of the guest or a file.</param>
/// <param name="Done">How many such steps are done.</param>
/// <param name="Total">How many there are, as far as it is known.</param>
public readonly record struct GuestInspectionProgress(string Subject, int Done, int Total);

/// <summary>The steps of an inspection, before each of which it may be stopped: between two calls of libguestfs.</summary>
internal sealed class InspectionSteps(IProgress<GuestInspectionProgress>? progress, CancellationToken cancellationToken)
{
    /// <summary>Nobody wants to know, and nobody stops it.</summary>
    internal static InspectionSteps Unwatched { get; } = new(null, default);

    /// <exception cref="OperationCanceledException">It is to be stopped.</exception>
    internal void Begin(string subject, int done, int total)
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new GuestInspectionProgress(subject, done, total));
    }
}
