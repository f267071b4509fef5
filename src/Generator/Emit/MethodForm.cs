// What the documentation of another form of a method says differently from the plain one's.
using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>A form of a method: asynchronous, or with a stream in place of a host file's name.</summary>
internal sealed record MethodForm
{
    /// <summary>The name and text of an argument, where they differ.</summary>
    internal Func<ApiArgument, (string Name, string? Text)?> Argument { get; init; } = _ => null;

    /// <summary>Parameters after those of the function.</summary>
    internal IReadOnlyList<(string Name, string Text)> Parameters { get; init; } = [];

    /// <summary>What the method returns, where the function returns nothing.</summary>
    internal string? Returns { get; init; }

    /// <summary>What to know about this form.</summary>
    internal string? Remark { get; init; }
}
