// The registry of Windows: virt-win-reg's job.
using System.CommandLine;

using Guestfs.Cli.Guests;
using Guestfs.Cli.Output;
using Guestfs.Cli.Registry;

namespace Guestfs.Cli.Commands;

/// <summary>Reads and changes keys and values of the registry.</summary>
internal static class RegistryCommand
{
    private static readonly Flag Wide = new("--utf16")
    {
        Description = "As Windows' regedit reads it, in place of UTF-8.",
    };

    private static readonly Option<long?> Type = CommandLine.Option<long>(
        "--type", RegistryValue.TypeNames,
        "What the data is, also by Windows' names such as REG_DWORD; of binary data pairs of hexadecimal digits. Default: string.",
        $"a type: {RegistryValue.TypeNames.Replace("|", ", ", StringComparison.Ordinal)}", RegistryValue.TypeOf);

    internal static Command Create()
    {
        Command command = new("registry", "Reads and changes the registry of Windows.");
        foreach (Command verb in Verbs())
        {
            if (verb.Options.Contains(Consent.Yes))
            {
                Consent.RequireFor(verb, "The registry would be changed");
            }

            command.Add(verb);
        }

        return command;
    }

    private static Command[] Verbs() =>
    [
        GuestCommand.Create(
            "get", "Shows a key's values and the keys below it, or the data of a value; @ is the default value.",
            @"a key such as HKLM\SOFTWARE\Microsoft, and the name of a value", least: 1, [], writes: false, GetAsync,
            arePaths: false, most: 2),
        GuestCommand.Create(
            "export", "Writes a key and all below it as registration entries (.reg).", "a key", least: 1, [Wide], writes: false,
            ExportAsync, arePaths: false, most: 1),
        GuestCommand.Create(
            "import", "Changes keys and values as a file of registration entries (.reg) says.",
            "the file of this host, or - for standard input", least: 1, [Consent.Yes, GuestCommand.DryRun], writes: true, ImportAsync,
            arePaths: false, most: 1),
        GuestCommand.Create(
            "set", "Sets a value of a key, which is made where it is not there.",
            "a key, the name of a value (@ is the default one), and its data: of a 'multi' any number of strings", least: 2,
            [Type, Consent.Yes, GuestCommand.DryRun], writes: true, SetAsync, arePaths: false, named: 2),
        GuestCommand.Create(
            "delete", "Deletes a key and all below it.", "a key", least: 1, [Consent.Yes, GuestCommand.DryRun], writes: true, DeleteAsync,
            arePaths: false, most: 1),
    ];

    private static Task GetAsync(ParseResult result, GuestSession session, string[] words, CancellationToken cancellationToken) =>
        ReadAsync(session, words[0], (hive, key, node, output) =>
        {
            bool isJson = result.IsJson();
            if (words.Length > 1 && !isJson)
            {
                output.WriteText(ValueOf(hive, key, node, words[1]).Text);
                return;
            }

            Column[] columns = [new("Name", "name"), new("Type", "type"), new("Data", "data"), new("Bytes", "bytes")];
            Table table = new(output, JsonRecords.Of(result, output, "entries"), isHuman: false, isJson ? columns : columns[..3]);
            if (words.Length > 1)
            {
                Add(table, ValueOf(hive, key, node, words[1]), isJson);
            }
            else
            {
                foreach ((string name, _) in hive.Keys(node))
                {
                    table.Add(isJson ? [name, "key", null, null] : [name, "key", null]);
                }

                foreach (RegistryValue value in hive.Values(node))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Add(table, value, isJson);
                }
            }

            table.End();
        }, cancellationToken);

    private static Task ExportAsync(ParseResult result, GuestSession session, string[] words, CancellationToken cancellationToken) =>
        ReadAsync(session, words[0], (hive, top, topNode, output) =>
        {
            using RegistrationWriter writer = new(output.Stream, result.GetValue(Wide));
            writer.Begin();

            // Not by calls within calls: what a hostile file says of its keys may have no end.
            Stack<(RegistryKey Key, long Node)> keys = new([(top, topNode)]);
            while (keys.TryPop(out (RegistryKey Key, long Node) next))
            {
                cancellationToken.ThrowIfCancellationRequested();
                writer.Key(next.Key);
                foreach (RegistryValue value in hive.Values(next.Node))
                {
                    writer.Value(value);
                }

                foreach ((string name, long node) in hive.Keys(next.Node).Reverse())
                {
                    keys.Push((next.Key.Below(name), node));
                }
            }
        }, cancellationToken);

    private static async Task ReadAsync(
        GuestSession session, string name, Action<GuestHive, RegistryKey, long, TextOutput> read, CancellationToken cancellationToken)
    {
        RegistryKey key = RegistryKey.Parse(name);
        await session.MountAsync(cancellationToken).ConfigureAwait(false);
        using TextOutput output = new();
        await session.Guestfs.RunAsync(
            g =>
            {
                string file = key.Locate(session);
                GuestHive.CheckClosed(g, file);
                using GuestHive hive = GuestHive.Open(g, file, writes: false);
                long node = hive.Find(key) ?? throw new GuestfsException("registry", 0, $"{key.Name} is not there.");
                read(hive, key, node, output);
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static async Task ImportAsync(ParseResult result, GuestSession session, string[] words, CancellationToken cancellationToken)
    {
        List<RegistryChange> changes = await Task.Run(() => Read(words[0]), cancellationToken).WaitAsync(cancellationToken)
            .ConfigureAwait(false);
        await ChangeAsync(result, session, changes, cancellationToken).ConfigureAwait(false);
    }

    private static Task SetAsync(ParseResult result, GuestSession session, string[] words, CancellationToken cancellationToken)
    {
        RegistryKey key = RegistryKey.Parse(words[0]);
        string name = words[1] switch
        {
            "" => throw new UsageException("The value's name is empty: @ is the default one."),
            "@" => "",
            { } given => given,
        };
        RegistryValue value = RegistryValue.Parse(name, result.GetValue(Type) ?? RegistryValue.String, words[2..]);
        return ChangeAsync(result, session, [new(key, Deletes: false, value)], cancellationToken);
    }

    private static Task DeleteAsync(ParseResult result, GuestSession session, string[] words, CancellationToken cancellationToken)
    {
        RegistryKey key = RegistryKey.Parse(words[0]);
        return key.Path.Count > 0
            ? ChangeAsync(result, session, [new(key, Deletes: true, null)], cancellationToken)
            : throw new UsageException($"{key.Name} is a whole file, which is not deleted.");
    }

    private static async Task ChangeAsync(
        ParseResult result, GuestSession session, List<RegistryChange> changes, CancellationToken cancellationToken)
    {
        bool isDry = result.GetValue(GuestCommand.DryRun);
        await session.MountAsync(cancellationToken).ConfigureAwait(false);

        // All that is not there is known before the first file is changed.
        (string Path, RegistryChange[] Changes)[] files = await session.Guestfs.RunAsync(
            g =>
            {
                (string Path, RegistryChange[])[] located =
                    [.. changes.GroupBy(change => change.Key.File).Select(file => (file.First().Key.Locate(session), file.ToArray()))];
                Array.ForEach(located, file => GuestHive.CheckClosed(g, file.Path));
                return located;
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        if (!isDry)
        {
            await Consent.AskAsync(
                result, $"Windows may not start any more where its registry is not as it has to be: {changes.Count} entries change that on "
                    + $"{string.Join(' ', session.DiskFiles)}.",
                cancellationToken).ConfigureAwait(false);
        }

        using TextOutput output = new();
        Deeds? deeds = Deeds.OfDryRun(output, result, "action", "key", "name", "type", "data");
        await session.Guestfs.RunAsync(
            g =>
            {
                foreach ((string path, RegistryChange[] entries) in files)
                {
                    using GuestHive hive = GuestHive.Open(g, path, writes: !isDry);
                    foreach (RegistryChange entry in entries)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (deeds is not null)
                        {
                            Foretell(hive, entry, deeds);
                        }
                        else
                        {
                            Apply(hive, entry);
                        }
                    }

                    if (!isDry)
                    {
                        hive.Commit();
                    }
                }
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
        deeds?.End();
    }

    private static void Apply(GuestHive hive, RegistryChange change)
    {
        if (!change.Deletes)
        {
            long node = hive.Make(change.Key);
            if (change.Value is { } value)
            {
                hive.Set(node, value);
            }
        }
        else if (hive.Find(change.Key) is { } node)
        {
            hive.Delete(node);
        }
    }

    private static void Foretell(GuestHive hive, RegistryChange change, Deeds deeds)
    {
        long? node = hive.Find(change.Key);
        if (change.Deletes)
        {
            if (node is not null)
            {
                deeds.Tell("delete", change.Key.Name);
            }
        }
        else if (change.Value is not { } value)
        {
            if (node is null)
            {
                deeds.Tell("make", change.Key.Name);
            }
        }
        else
        {
            RegistryValue? now = node is { } there ? hive.Value(there, value.Name) : null;
            if (now is null || now.Type != value.Type || !now.Data.AsSpan().SequenceEqual(value.Data))
            {
                deeds.Tell("set", change.Key.Name, value.ShownName, value.TypeName, value.Text);
            }
        }
    }

    private static List<RegistryChange> Read(string file)
    {
        using Stream input = file == "-" ? StandardStreams.TakeInput() : ProcessInput.OpenFile(file);
        using MemoryStream bytes = new();
        input.CopyTo(bytes);
        return RegistrationReader.Read(file == "-" ? "Standard input" : file, bytes.ToArray());
    }

    private static RegistryValue ValueOf(GuestHive hive, RegistryKey key, long node, string name) =>
        hive.Value(node, name == "@" ? "" : name)
        ?? throw new GuestfsException("registry", 0, $"{key.Name} has no value '{name}'.");

    private static void Add(Table table, RegistryValue value, bool isJson)
    {
        string[] facts = [value.ShownName, value.TypeName, value.Text];
        table.Add(isJson ? [.. facts, Convert.ToBase64String(value.Data)] : facts);
    }
}
