// Documentation texts as XML doc comments.
using System.Security;
using System.Text.RegularExpressions;

using Guestfs.Generator.Model;

namespace Guestfs.Generator.Emit;

/// <summary>Writes XML doc comments. Names of functions in backticks become links.</summary>
internal sealed partial class DocComment(ApiModel model)
{
    private readonly HashSet<string> functions = [.. model.Functions.Where(f => f.Visibility != Visibility.Test).Select(f => f.Name)];

    internal void Element(CodeWriter writer, string element, string text) =>
        writer.Line($"/// <{element}>{Xml(text)}</{element.Split(' ')[0]}>");

    /// <summary>The text of an argument that has none of its own because its kind says it all.</summary>
    internal static string Usual(ApiFunction function, ApiArgument argument) => argument.Subkind switch
    {
        Subkind.Device => "Block device in the appliance, such as `/dev/sda1`.",
        Subkind.Mountable => "What to use: a block device, or a btrfs subvolume as `list_filesystems` names it.",
        Subkind.Pathname => "Absolute path in the guest.",
        Subkind.DeviceOrPath => "Block device in the appliance, or absolute path in the guest.",
        Subkind.MountableOrPath => "Block device, btrfs subvolume, or absolute path in the guest.",
        Subkind.FileIn => "File on the host to read.",
        Subkind.FileOut => "File on the host to write.",
        Subkind.Key => "Key or passphrase.",
        Subkind.Guid => "GUID.",
        Subkind.Filename => "File name without a directory.",
        _ => throw new ModelException($"{function.Name}: argument {argument.Name} needs a text in the documentation files."),
    };

    /// <summary>The last lines of a function's documentation: where to read more, and since when it exists.</summary>
    internal void Remarks(CodeWriter writer, ApiFunction function, string? remarks)
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
            facts.Add("Raises <see cref=\"GuestfsHandle.Progress\"/>.");
        }

        if (function.Cancellable)
        {
            facts.Add("<see cref=\"GuestfsHandle.UserCancel\"/> stops it.");
        }

        string tail = string.Join(' ', facts);
        if (remarks is null)
        {
            writer.Line($"/// <remarks>{tail}</remarks>");
            return;
        }

        writer.Line("/// <remarks>");
        writer.Line($"/// <para>{Xml(remarks)}</para>");
        writer.Line($"/// <para>{tail}</para>");
        writer.Line("/// </remarks>");
    }

    // Only names with an underscore are surely functions: `file` or `sync` may also be a value or a program.
    private string Xml(string text) => Backticks().Replace(
        SecurityElement.Escape(text).Replace("&apos;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal),
        m => m.Groups[1].Value is var name && name.Contains('_', StringComparison.Ordinal) && functions.Contains(name)
            ? $"<see cref=\"GuestfsHandle.{CSharpName.Pascal(name)}\"/>"
            : $"<c>{name}</c>");

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Backticks();
}
