// Documentation texts as XML doc comments.
using System.Security;
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Writes XML doc comments. Names of functions in backticks become links.</summary>
internal sealed partial class DocComment(ApiModel model)
{
    private readonly Dictionary<string, ApiFunction> functions = model.Functions.Where(f => f.Visibility != Visibility.Test)
        .ToDictionary(f => f.Name, StringComparer.Ordinal);

    internal void Element(CodeWriter writer, string element, string text) =>
        writer.Line($"/// <{element}>{Xml(text)}</{element.Split(' ')[0]}>");

    /// <summary>The whole documentation of a method, and the attributes that belong to it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="function">The function it calls.</param>
    /// <param name="doc">Its texts.</param>
    /// <param name="form">What is different in this form of the method; null for the plain one.</param>
    internal void Method(CodeWriter writer, ApiFunction function, FunctionDoc doc, MethodForm? form = null)
    {
        Element(writer, "summary", doc.Summary);
        foreach (ApiArgument a in function.Arguments)
        {
            (string name, string? text) = form?.Argument(a) ?? (CSharpName.Camel(a.NameInWords), null);
            Element(writer, $"param name=\"{name.TrimStart('@')}\"", text ?? doc.Argument(function, a));
        }

        if (function.Options.Count > 0)
        {
            writer.Line("/// <param name=\"options\">Optional arguments.</param>");
        }

        foreach ((string name, string text) in form?.Parameters ?? [])
        {
            writer.Line($"/// <param name=\"{name}\">{text}</param>");
        }

        if (doc.Returns is not null)
        {
            Element(writer, "returns", doc.Returns);
        }
        else if (form?.Returns is { } returns)
        {
            writer.Line($"/// <returns>{returns}</returns>");
        }

        Remarks(writer, function, doc.Remarks, form?.Remark);
        Attributes(writer, function);
    }

    // Where to read more, and since when it exists, are the last lines.
    private void Remarks(CodeWriter writer, ApiFunction function, string? remarks, string? form)
    {
        List<string> facts = [$"guestfs(3): <c>guestfs_{function.Name}</c>. Since {function.Since}."];
        if (function.Feature is not null)
        {
            facts.Add($"Needs the feature group <c>{function.Feature}</c>.");
        }

        if (function.ProtocolLimit)
        {
            facts.Add("Transfers at most about 4 MB, the size of a protocol message.");
        }

        if (function.Progress)
        {
            facts.Add("Raises <see cref=\"GuestfsHandle.ProgressChanged\"/>.");
        }

        if (function.Cancellable && form is null)
        {
            facts.Add("<see cref=\"GuestfsHandle.UserCancel\"/> stops it.");
        }

        string tail = string.Join(' ', facts);
        if (remarks is null && form is null)
        {
            writer.Line($"/// <remarks>{tail}</remarks>");
            return;
        }

        writer.Line("/// <remarks>");
        if (remarks is not null)
        {
            writer.Line($"/// <para>{Xml(remarks)}</para>");
        }

        if (form is not null)
        {
            writer.Line($"/// <para>{form}</para>");
        }

        writer.Line($"/// <para>{tail}</para>");
        writer.Line("/// </remarks>");
    }

    private void Attributes(CodeWriter writer, ApiFunction function)
    {
        if (function.Deprecated is { } deprecated)
        {
            // Some are replaced by functions that only libguestfs itself may call.
            string advice = deprecated.By is { } by && functions.ContainsKey(by)
                ? $"Use {CSharpName.Pascal(by)} instead."
                : "libguestfs has deprecated it and names no replacement.";
            writer.Line($"[Obsolete(\"{advice}\")]");
        }

        if (function.Visibility == Visibility.Debug)
        {
            writer.Line("[EditorBrowsable(EditorBrowsableState.Never)]");
        }
    }

    // Only names with an underscore are surely functions: `file` or `sync` may also be a value or a program.
    private string Xml(string text) => Backticks().Replace(
        SecurityElement.Escape(text).Replace("&apos;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal),
        m => m.Groups[1].Value is var name
            && name.Contains('_', StringComparison.Ordinal)
            && functions.TryGetValue(name, out ApiFunction? function)
            ? $"<see cref=\"{Reference(function)}\"/>"
            : $"<c>{name}</c>");

    /// <summary>The plain method of a function in a cref, with its parameters: other forms may have the same name.</summary>
    internal static string Reference(ApiFunction function)
    {
        IEnumerable<string> parameters =
            function.Arguments.Select(a => MethodWriter.ParameterType(a.Kind).Replace('<', '{').Replace('>', '}'));
        if (function.Options.Count > 0)
        {
            parameters = parameters.Append($"in {MethodWriter.OptionsType(function)}");
        }

        return $"GuestfsHandle.{CSharpName.Pascal(function.Name)}({string.Join(", ", parameters)})";
    }

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Backticks();
}
