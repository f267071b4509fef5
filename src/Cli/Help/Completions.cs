// Completions of the command line, from the definitions of commands: commands and options by name, values that are one of a few, and files
// everywhere else.
using System.CommandLine;
using System.Text;

namespace Guestfs.Cli.Help;

/// <summary>Writes them for each shell.</summary>
internal static class Completions
{
    // Which command the words before the cursor are of: the first that is no command ends the search.
    private const string BashFunction = """
        _gfs() {
          local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=gfs i
          for ((i = 1; i < COMP_CWORD; i++)); do
            [[ " ${_gfs_commands["$command"]} " == *" ${COMP_WORDS[i]} "* ]] || break
            command+=" ${COMP_WORDS[i]}"
          done
          COMPREPLY=()
          if [[ -n ${_gfs_values["$command $previous"]-} ]]; then
            mapfile -t COMPREPLY < <(compgen -W "${_gfs_values["$command $previous"]}" -- "$current")
          elif [[ $current == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "${_gfs_options["$command"]}" -- "$current")
          elif [[ -n ${_gfs_commands["$command"]-} ]]; then
            mapfile -t COMPREPLY < <(compgen -W "${_gfs_commands["$command"]}" -- "$current")
          else
            compopt -o filenames 2> /dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
          fi
        }
        complete -F _gfs gfs

        """;

    private const string ZshFunction = """
        _gfs() {
          local command=gfs i
          for ((i = 2; i < CURRENT; i++)); do
            [[ " ${_gfs_commands[$command]} " == *" ${words[i]} "* ]] || break
            command+=" ${words[i]}"
          done
          if [[ -n ${_gfs_values[$command ${words[CURRENT-1]}]} ]]; then
            compadd -- ${=_gfs_values[$command ${words[CURRENT-1]}]}
          elif [[ ${words[CURRENT]} == -* ]]; then
            compadd -- ${=_gfs_options[$command]}
          elif [[ -n ${_gfs_commands[$command]} ]]; then
            compadd -- ${=_gfs_commands[$command]}
          else
            _files
          fi
        }
        compdef _gfs gfs

        """;

    internal static string Bash(RootCommand root) =>
        Tables(root, "declare -gA {0}=(", (key, value) => $"  ['{key}']='{value}'") + BashFunction;

    internal static string Zsh(RootCommand root) =>
        "#compdef gfs\n" + Tables(root, "typeset -gA {0}=(", (key, value) => $"  '{key}' '{value}'") + ZshFunction;

    internal static string Fish(RootCommand root)
    {
        StringBuilder script = new("complete -c gfs -f -n __fish_use_subcommand\n");
        foreach (Command command in Visible(root))
        {
            string[] path = HelpPage.NameOf(command).Split(' ')[1..];
            string condition = path.Length == 0
                ? "__fish_use_subcommand"
                : string.Join("; and ", path.Select(word => $"__fish_seen_subcommand_from {word}"));
            foreach (Command below in command.Subcommands.Where(below => !below.Hidden))
            {
                string none = path.Length == 0 ? condition
                    : $"{condition}; and not __fish_seen_subcommand_from {string.Join(' ', command.Subcommands.Select(b => b.Name))}";
                script.Append($"complete -c gfs -f -n '{none}' -a {below.Name} -d {Quote(below.Description)}\n");
            }

            foreach (Option option in HelpPage.OptionsOf(command))
            {
                script.Append($"complete -c gfs -n '{condition}'");
                foreach (string name in HelpPage.NamesOf(option))
                {
                    script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
                }

                script.Append(ValuesOf(option) is { Length: > 0 } values ? $" -x -a '{values}'"
                    : HelpPage.ValueOf(option) is null ? "" : " -r");
                script.Append($" -d {Quote(option.Description)}\n");
            }
        }

        return script.ToString();
    }

    // Three tables: the commands below a command, its options, and the values of an option.
    private static string Tables(RootCommand root, string begin, Func<string, string, string> entry)
    {
        StringBuilder commands = new(), options = new(), values = new();
        foreach (Command command in Visible(root))
        {
            string name = HelpPage.NameOf(command);
            commands.AppendLine(entry(name, string.Join(' ', command.Subcommands.Where(b => !b.Hidden).Select(below => below.Name))));
            options.AppendLine(entry(name, string.Join(' ', HelpPage.OptionsOf(command).SelectMany(HelpPage.NamesOf))));
            foreach (Option option in HelpPage.OptionsOf(command))
            {
                if (ValuesOf(option) is { Length: > 0 } choices)
                {
                    foreach (string alias in HelpPage.NamesOf(option))
                    {
                        values.AppendLine(entry($"{name} {alias}", choices));
                    }
                }
            }
        }

        return Table("_gfs_commands", commands) + Table("_gfs_options", options) + Table("_gfs_values", values);

        string Table(string name, StringBuilder rows) => $"{begin.Replace("{0}", name, StringComparison.Ordinal)}\n{rows})\n";
    }

    private static IEnumerable<Command> Visible(RootCommand root) => HelpPage.Tree(root).Where(command => !command.Hidden);

    // What the help writes as a|b|c is all that there is, unless it ends with dots.
    private static string ValuesOf(Option option) => HelpPage.ValueOf(option) is { } value && value.Contains('|', StringComparison.Ordinal)
        ? string.Join(' ', value.Split('|').Where(choice => choice != "..."))
        : "";

    private static string Quote(string? text) =>
        $"'{(text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
