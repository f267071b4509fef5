namespace Guestfs.Generator.Model;

/// <summary>Takes away from a model what came after a version.</summary>
internal static class ApiHistory
{
    /// <summary>The part of the model that a version already has, with the facts of that version.</summary>
    public static ApiModel RestrictTo(this ApiModel model, string version)
    {
        ApiVersion limit = ApiVersion.Parse(version);
        if (limit >= ApiVersion.Parse(model.Upstream))
        {
            return model;
        }

        List<ApiFunction> functions = [.. model.Functions.Where(f => Has(f.Since)).Select(Restrict)];

        // Nothing upstream says when a structure or a feature group came: they came with the first function that has them.
        HashSet<string> structs = [.. functions.Select(f => f.Returns.Struct).OfType<string>()];
        HashSet<string> features = [.. functions.Select(f => f.Feature).OfType<string>()];
        return model with
        {
            Upstream = version,
            Functions = functions,
            Structs = [.. model.Structs.Where(s => structs.Contains(s.Name)).Select(s => s with { Fields = [.. s.Fields.Select(Name)] })],
            Features = [.. model.Features.Where(f => f.Retired || features.Contains(f.Name))],
        };

        bool Has(string? since) => since is null || ApiVersion.Parse(since) <= limit;

        ApiFunction Restrict(ApiFunction f)
        {
            f = f with
            {
                Options = [.. f.Options.Where(o => Has(o.Since))],
                Deprecated = Has(f.Deprecated?.Since) ? f.Deprecated : null,
            };
            return f.Before is not { } before || Has(before.Version)
                ? f
                : f with
                {
                    Before = null,
                    Feature = before.Feature,
                    Progress = before.Progress,
                    Cancellable = before.Cancellable,
                    ProtocolLimit = before.ProtocolLimit,
                };
        }

        ApiField Name(ApiField f) =>
            Has(f.Since) ? f : f with { Name = f.FormerName!, Words = FormerWords(f), FormerName = null, Since = null };

        // Its fields' prefix is that of the name of today.
        static string? FormerWords(ApiField f) =>
            f.Words is { } words && f.Name.EndsWith(words, StringComparison.Ordinal)
                ? f.FormerName![(f.Name.Length - words.Length)..]
                : null;
    }
}
