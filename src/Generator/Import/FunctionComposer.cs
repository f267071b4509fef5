using Guestfs.Generator.Model;

namespace Guestfs.Generator.Import;

/// <summary>Makes the model's functions.</summary>
internal sealed class FunctionComposer(OverlayDecisions decisions, WordSplits words, Manual manual, ApiModel known)
{
    // Upstream does not say since when it has its tests of bindings.
    private const string NotRecorded = "0.0.0";

    private readonly ApiVersion version = ApiVersion.Parse(manual.Version);
    private readonly bool newer = ApiVersion.Parse(manual.Version) > ApiVersion.Parse(known.Upstream);
    private readonly Dictionary<string, ApiFunction> knownFunctions = known.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public ApiFunction Compose(HeaderFunction c, OCamlFunction ml)
    {
        ManualFunction? text = manual.Functions.GetValueOrDefault(c.OnceHadNoOptions ? c.Name + "_opts" : c.Name);
        ApiFunction? old = knownFunctions.GetValueOrDefault(c.Name);
        HashSet<CallFact> call = Call(c.Name);
        ApiFormerFunction? before = decisions.Overlay.TryTake(out ApiFormerFunction? b, "functions", c.Name, "before") ? b : null;
        bool isBefore = before is not null && version < ApiVersion.Parse(before.Version);

        ApiFunction f = new()
        {
            Name = c.Name,
            Since = Since(c, text),
            Visibility = Visible(c, documented: text is not null),
            Role = decisions.Overlay.TryTake(out FunctionRole role, "functions", c.Name, "role") ? role : FunctionRole.None,
            Returns = Returns(c, ml),
            Arguments = Arguments(c, ml),
            Options = [.. c.Options.Select(o => Option(c, o, ml, old))],
            OnceHadNoOptions = c.OnceHadNoOptions,
            Deprecated = Deprecation(c, text, old),
            Feature = text?.Feature,
            State = call.Contains(CallFact.Ready) ? CallState.Ready : call.Contains(CallFact.Config) ? CallState.Config : CallState.Any,
            Progress = text?.Progress ?? false,
            Cancellable = isBefore ? before!.Cancellable : call.Contains(CallFact.Cancellable),
            Blocking = call.Contains(CallFact.Blocking),
            Long = call.Contains(CallFact.Long),
            ProtocolLimit = text?.ProtocolLimit ?? false,
            Before = isBefore ? null : before,
        };
        if (text is not null && text.Key != f.Arguments.Any(a => a.Subkind == Subkind.Key))
        {
            decisions.Contradiction($"{c.Name}: the manual says that it takes {(text.Key ? "a" : "no")} key, "
                + $"overlay.json that it takes {(text.Key ? "none" : "one")}.");
        }

        if (newer && old is not null && (old.Feature, old.Progress, old.ProtocolLimit) != (f.Feature, f.Progress, f.ProtocolLimit)
            && before == old.Before)
        {
            decisions.Ask(
                $"{c.Name}: its feature, progress or protocol limit changed: what held before which version?",
                """{"version": ..., and what differed}""", "functions", c.Name, "before");
        }

        return f;
    }

    private HashSet<CallFact> Call(string name)
    {
        if (decisions.Overlay.TryTake(out CallFact[]? facts, "functions", name, "call") && facts!.Count(f => f <= CallFact.Ready) == 1)
        {
            return [.. facts!];
        }

        decisions.Ask(
            $"{name}: in which state can it be called, does it block, is it long, can user_cancel stop it?",
            "[any | config | ready, and blocking, long, cancellable where they hold]", "functions", name, "call");
        return [CallFact.Any];
    }

    // The overlay corrects the manual where that names a version without the function.
    private string Since(HeaderFunction c, ManualFunction? text)
    {
        string[] path = ["functions", c.Name, "since"];
        return c.Private ? NotRecorded
            : text is null ? decisions.Version($"{c.Name}: the manual does not have it: since when does it exist?", path) ?? manual.Version
            : decisions.Overlay.TryTake(out string? corrected, path) ? corrected!
            : text.Since;
    }

    // The manual leaves out what is for debugging and for tests.
    private Visibility Visible(HeaderFunction c, bool documented)
    {
        string[] path = ["functions", c.Name, "visibility"];
        return c.Private ? Visibility.Test
            : !documented ? Visibility.Debug
            : decisions.Overlay.TryTake(out Visibility _, path)
                ? decisions.Choose($"{c.Name}: it is in the manual", [Visibility.State], path)
            : Visibility.Public;
    }

    private ApiReturn Returns(HeaderFunction c, OCamlFunction ml)
    {
        if (c.Returns.StartsWith("struct guestfs_", StringComparison.Ordinal))
        {
            string name = c.Returns["struct guestfs_".Length..^2];
            bool list = ml.Returns.EndsWith(" array", StringComparison.Ordinal);
            return new ApiReturn
            {
                Kind = list ? ReturnKind.StructList : ReturnKind.Struct,
                Struct = list ? name[..^"_list".Length] : name,
            };
        }

        ReturnKind kind = CTypes.Return(c, ml) ?? Unknown(ReturnKind.None, c.Name, "returns", c.Returns, ml.Returns);
        return new ApiReturn
        {
            Kind = kind,
            Subkind = kind is ReturnKind.String or ReturnKind.StringList ? Meaning("what it returns", c.Name, "returns") : Subkind.Plain,
            KeySubkind = kind == ReturnKind.Hashtable ? Meaning("the keys it returns", c.Name, "keys") : Subkind.Plain,
            ValueSubkind = kind == ReturnKind.Hashtable ? Meaning("the values it returns", c.Name, "values") : Subkind.Plain,
        };
    }

    private List<ApiArgument> Arguments(HeaderFunction c, OCamlFunction ml)
    {
        List<ApiArgument> arguments = [];
        for (int i = 0; i < c.Arguments.Count; i++)
        {
            HeaderVariable a = c.Arguments[i];
            bool buffer = i + 1 < c.Arguments.Count && c.Arguments[i + 1] == new HeaderVariable("size_t", a.Name + "_size");
            if (a == CTypes.ReturnedSize)
            {
                continue;
            }

            string mlType = ml.Arguments.ElementAtOrDefault(arguments.Count) ?? "nothing";
            ArgumentKind kind = buffer
                ? ArgumentKind.Buffer
                : CTypes.Argument(a.Type, mlType) ?? Unknown(ArgumentKind.Int, c.Name, a.Name, a.Type, mlType);
            arguments.Add(new ApiArgument
            {
                Name = a.Name,
                Words = c.Private ? null : words.Of(a.Name),
                Kind = kind,
                Subkind = kind is ArgumentKind.String or ArgumentKind.StringList
                    ? Meaning($"the argument '{a.Name}'", c.Name, "args", a.Name)
                    : Subkind.Plain,
            });
            i += buffer ? 1 : 0;
        }

        if (arguments.Count != ml.Arguments.Count)
        {
            decisions.Contradiction($"{c.Name}: guestfs.h has {arguments.Count} arguments, guestfs.mli {ml.Arguments.Count}.");
        }

        return arguments;
    }

    private ApiOption Option(HeaderFunction c, HeaderVariable o, OCamlFunction ml, ApiFunction? old)
    {
        string function = c.Name, mlType = ml.Options.GetValueOrDefault(o.Name, "nothing");
        string[] path = ["functions", function, "options", o.Name];
        bool isNew = newer && old is not null && old.Options.All(k => k.Name != o.Name);
        return new ApiOption
        {
            Name = o.Name,
            Words = c.Private ? null : words.Of(o.Name),
            Kind = CTypes.Option(o.Type, mlType) ?? Unknown(OptionKind.Int, function, o.Name, o.Type, mlType),
            Since = decisions.Overlay.TryTake(out string? since, path) ? since
                : isNew ? decisions.Version($"{function}: since when has it the option '{o.Name}'?", path)
                : null,
        };
    }

    private ApiDeprecation? Deprecation(HeaderFunction c, ManualFunction? text, ApiFunction? old)
    {
        if (text is not null && text.Deprecated != c.Deprecated)
        {
            decisions.Contradiction($"{c.Name}: only one of guestfs.h and guestfs(3) says that it is deprecated.");
        }

        string[] path = ["functions", c.Name, "deprecatedSince"];
        bool isNew = newer && old is { Deprecated: null };
        return !c.Deprecated ? null : new ApiDeprecation
        {
            By = c.ReplacedBy,
            Since = decisions.Overlay.TryTake(out string? since, path) ? since
                : isNew ? decisions.Version($"{c.Name}: since when is it deprecated?", path)
                : null,
        };
    }

    private Subkind Meaning(string what, string function, params string[] path) =>
        decisions.Choose($"{function}: what does the string mean: {what}?", Enum.GetValues<Subkind>(), ["functions", function, .. path]);

    private T Unknown<T>(T instead, string function, string what, string c, string ocaml)
    {
        decisions.Contradiction($"{function}: {what}: there is no kind for '{c}' in guestfs.h with '{ocaml}' in guestfs.mli.");
        return instead;
    }
}
