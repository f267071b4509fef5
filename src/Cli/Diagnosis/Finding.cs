namespace Guestfs.Cli.Diagnosis;

/// <summary>How something was found.</summary>
internal enum Condition
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>It works, but could be better.</summary>
    Notice,

    /// <summary>Nothing works, or not reliably, until it is mended.</summary>
    Problem,
}

/// <summary>One of the things that a launch needs, as it was found.</summary>
/// <param name="Subject">What it is.</param>
/// <param name="Condition">How it is.</param>
/// <param name="Text">The facts.</param>
/// <param name="Remedy">What to do; null where nothing needs to be done.</param>
internal sealed record Finding(string Subject, Condition Condition, string Text, string? Remedy = null)
{
    /// <summary>Something that is as it should be.</summary>
    internal static Finding Good(string subject, string text) => new(subject, Condition.Good, text);
}
