// What there is to say about a command, taken from its definition: for --help, the manual and the completions.
using System.CommandLine;
using System.CommandLine.Help;

namespace Guestfs.Cli.Help;

/// <summary>A list of options, arguments or commands.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Rows">What the user writes, and what it means.</param>
internal sealed record HelpGroup(string Title, IReadOnlyList<(string Term, string Text)> Rows);

/// <summary>A command's page.</summary>
/// <param name="Name">As it is called, such as <c>gfs ls</c>.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Usage">Its command line.</param>
/// <param name="Groups">Its commands, arguments and options.</param>
/// <param name="Guide">Its examples, and what else it is known as.</param>
internal sealed record HelpPage(string Name, string Summary, string Usage, IReadOnlyList<HelpGroup> Groups, CommandGuide Guide)
{
    private static readonly Dictionary<Option, OptionGroup> GroupOf = [];

    /// <summary>Puts options that several commands have under a title of their own.</summary>
    internal static void Group(OptionGroup group, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            GroupOf[option] = group;
        }
    }

    /// <summary>The page of a command.</summary>
    internal static HelpPage Of(Command command)
    {
        string name = NameOf(command);
        return new HelpPage(name, command.Description ?? "", UsageOf(command, name), [.. GroupsOf(command)], CommandGuide.Of(name));
    }

    /// <summary>A command and all below it.</summary>
    internal static IEnumerable<Command> Tree(Command command) => command.Subcommands.SelectMany(Tree).Prepend(command);

    /// <summary>As the user writes it.</summary>
    internal static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : "gfs";

    /// <summary>An option's names, short ones first.</summary>
    internal static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name).OrderBy(name => name.Length);

    /// <summary>What an option's value is called; null where it has none.</summary>
    internal static string? ValueOf(Option option) => option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool)
        ? null
        : option.HelpName ?? option.Name.TrimStart('-');

    /// <summary>The options that a command takes.</summary>
    internal static IEnumerable<Option> OptionsOf(Command command)
    {
        IEnumerable<Option> inherited = command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(option => option.Recursive);
        return command.Options.Concat(inherited).Where(option => !option.Hidden).Distinct();
    }

    private static string UsageOf(Command command, string name)
    {
        List<string> words = [name];
        if (command.Subcommands.Count > 0)
        {
            words.Add("<command>");
        }

        if (OptionsOf(command).Any(option => option is not HelpOption))
        {
            words.Add("[options]");
        }

        words.AddRange(command.Arguments.Select(argument =>
        {
            string value = $"<{argument.HelpName ?? argument.Name}>";
            return argument.Arity.MinimumNumberOfValues == 0 ? $"[{value}]" : value;
        }));
        return string.Join(' ', words);
    }

    private static IEnumerable<HelpGroup> GroupsOf(Command command)
    {
        if (command.Subcommands.Any(below => !below.Hidden))
        {
            yield return new HelpGroup(
                "Commands", [.. command.Subcommands.Where(below => !below.Hidden).Select(below => (below.Name, below.Description ?? ""))]);
        }

        if (command.Arguments.Count > 0)
        {
            yield return new HelpGroup(
                "Arguments", [.. command.Arguments.Select(a => ($"<{a.HelpName ?? a.Name}>", a.Description ?? ""))]);
        }

        foreach (IGrouping<OptionGroup, Option> group in OptionsOf(command)
            .GroupBy(option => GroupOf.GetValueOrDefault(option))
            .OrderBy(group => group.Key))
        {
            yield return new HelpGroup(TitleOf(group.Key), [.. group.Select(option => (TermOf(option), TextOf(option)))]);
        }
    }

    private static string TitleOf(OptionGroup group) => group switch
    {
        OptionGroup.Output => "What is written",
        OptionGroup.Disks => "The disks",
        OptionGroup.Appliance => "The appliance",
        OptionGroup.Contents => "What it is made of",
        OptionGroup.Kernel => "The kernel",
        OptionGroup.Repository => "Packages of a repository",
        _ => "Options",
    };

    private static string TermOf(Option option)
    {
        string names = string.Join(", ", NamesOf(option));
        return ValueOf(option) is { } value ? $"{names} <{value}>" : names;
    }

    private static string TextOf(Option option) => option is HelpOption ? "Show this help." : option.Description ?? "";
}
