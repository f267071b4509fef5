using Guestfs.Appliances.Packages;

namespace Guestfs.Appliances.Rpm;

/// <summary>rpm's boolean dependencies, such as '(a >= 2 if (b or c) else d)'.</summary>
internal ref struct RpmRichDependency
{
    private const int MaxDepth = 50;
    private readonly ReadOnlySpan<char> whole;
    private readonly string path;
    private ReadOnlySpan<char> rest;

    private RpmRichDependency(string text, string path)
    {
        whole = text;
        rest = text;
        this.path = path;
    }

    /// <summary>Parses a whole dependency with the parentheses around it.</summary>
    /// <exception cref="ApplianceException">It is none.</exception>
    internal static PackageDependency Parse(string text, string path)
    {
        RpmRichDependency parser = new(text, path);
        PackageDependency dependency = parser.ParseExpression(MaxDepth);
        return parser.rest.IsEmpty ? dependency : throw parser.Wrong();
    }

    private PackageDependency ParseExpression(int depth)
    {
        if (depth == 0)
        {
            throw Wrong();
        }

        // The opening parenthesis.
        rest = rest[1..].TrimStart();
        List<PackageDependency> parts = [ParseTerm(depth)];
        DependencyOperator combination = DependencyOperator.All;
        while (!rest.StartsWith(')'))
        {
            ReadOnlySpan<char> word = TakeWord();
            DependencyOperator next = word switch
            {
                "and" => DependencyOperator.All,
                "or" => DependencyOperator.Any,
                "if" => DependencyOperator.If,
                "with" => DependencyOperator.With,
                "without" => DependencyOperator.Without,
                "else" => combination,

                // rpm lets no package require anything with 'unless'.
                _ => throw Wrong(),
            };

            // Lists go on with the same word, conditions once with another.
            bool fits = word is "else"
                ? parts.Count == 2 && combination == DependencyOperator.If
                : parts.Count == 1
                    || (next == combination && next is (DependencyOperator.All or DependencyOperator.Any or DependencyOperator.With));
            if (!fits)
            {
                throw Wrong();
            }

            combination = next;
            parts.Add(ParseTerm(depth));
        }

        rest = rest[1..].TrimStart();
        return PackageDependency.Of(combination, parts);
    }

    private PackageDependency ParseTerm(int depth)
    {
        if (rest.StartsWith('('))
        {
            return ParseExpression(depth - 1);
        }

        ReadOnlySpan<char> name = TakeWord();
        int signs = rest.IndexOfAnyExcept("<>=");
        if (signs <= 0)
        {
            return PackageDependency.On(new PackageRelation(name.ToString()));
        }

        VersionRange range = TakeWord() switch
        {
            "<" => VersionRange.Less,
            "<=" => VersionRange.LessOrEqual,
            "=" or "==" => VersionRange.Equal,
            ">=" => VersionRange.GreaterOrEqual,
            ">" => VersionRange.Greater,
            _ => throw Wrong(),
        };
        return PackageDependency.On(new PackageRelation(name.ToString(), range, TakeWord().ToString()));
    }

    // Up to white space or the end of the expression; parentheses that open within a word belong to it.
    private ReadOnlySpan<char> TakeWord()
    {
        int length = 0;
        for (int open = 0; length < rest.Length && !char.IsWhiteSpace(rest[length]); length++)
        {
            if (rest[length] == '(')
            {
                open++;
            }
            else if (rest[length] == ')' && open-- == 0)
            {
                break;
            }
        }

        ReadOnlySpan<char> word = rest[..length];
        rest = rest[length..].TrimStart();
        return word.IsEmpty ? throw Wrong() : word;
    }

    private readonly ApplianceException Wrong() => DatabaseFile.Damaged(path, $"'{whole}' is no dependency");
}
