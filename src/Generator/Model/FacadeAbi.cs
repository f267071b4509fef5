// The hand-written part of the C ABI: src/Facade/Exports/abi.json declares it once, for the header and for C#.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>Everything in the C ABI that is not a function or structure of libguestfs.</summary>
internal sealed record FacadeAbi
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>What C needs to know of functions of libguestfs beside their documentation.</summary>
    public required IReadOnlyList<AbiNote> Libguestfs { get; init; }

    public required IReadOnlyList<AbiGroup> Groups { get; init; }

    /// <summary>Reads the declarations.</summary>
    /// <exception cref="ModelException">They are not well-formed, or a name is there twice.</exception>
    public static FacadeAbi Load(string path)
    {
        FacadeAbi abi;
        try
        {
            abi = JsonSerializer.Deserialize<FacadeAbi>(File.ReadAllText(path), Format) ?? throw new ModelException($"{path} is empty.");
        }
        catch (JsonException e)
        {
            throw new ModelException($"{path}: {e.Message}", e);
        }

        string[] twice = [.. abi.Groups
            .SelectMany(g => g.Enums.Select(e => e.Name)
                .Concat(g.Structs.Select(s => s.Name))
                .Concat(g.Callbacks.Select(c => c.Name))
                .Concat(g.Functions.Select(f => f.Name)))
            .GroupBy(n => n).Where(n => n.Count() > 1).Select(n => n.Key)];
        return twice.Length == 0 ? abi : throw new ModelException($"{path}: declared twice: {string.Join(", ", twice)}");
    }
}

/// <summary>What C needs to know of a function of libguestfs.</summary>
internal sealed record AbiNote
{
    public required string Name { get; init; }

    /// <summary>See <see cref="AbiFunction.Ignorable"/>.</summary>
    public bool Ignorable { get; init; }

    public string? Remarks { get; init; }
}

/// <summary>A chapter of the header.</summary>
internal sealed record AbiGroup
{
    public required string Name { get; init; }

    public IReadOnlyList<AbiEnum> Enums { get; init; } = [];

    public IReadOnlyList<AbiStruct> Structs { get; init; } = [];

    public IReadOnlyList<AbiCallback> Callbacks { get; init; } = [];

    public IReadOnlyList<AbiFunction> Functions { get; init; } = [];
}

/// <summary>An enumeration; its values count from 0.</summary>
internal sealed record AbiEnum
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<AbiText> Values { get; init; }
}

/// <summary>A name and what it means.</summary>
internal sealed record AbiText
{
    public required string Name { get; init; }

    public required string Text { get; init; }
}

/// <summary>A structure.</summary>
internal sealed record AbiStruct
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>It holds options: its first member is its size, and there is an INIT value in which all others are unset.</summary>
    public bool Options { get; init; }

    public required IReadOnlyList<AbiVariable> Fields { get; init; }
}

/// <summary>A member or parameter.</summary>
internal sealed record AbiVariable
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Text { get; init; }
}

/// <summary>What a function returns.</summary>
internal sealed record AbiReturn
{
    public required string Type { get; init; }

    public string? Text { get; init; }
}

/// <summary>A function of the caller's.</summary>
internal sealed record AbiCallback
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<AbiVariable> Parameters { get; init; }

    public AbiReturn? Returns { get; init; }
}

/// <summary>An exported function.</summary>
internal sealed record AbiFunction
{
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>The release of this library that has it first, such as 0.1.</summary>
    public required string Since { get; init; }

    /// <summary>It cleans up: a program may ignore its status.</summary>
    public bool Ignorable { get; init; }

    /// <summary>It needs no C#: native/library/entry/without_runtime.c has it.</summary>
    public bool WithoutRuntime { get; init; }

    public IReadOnlyList<AbiVariable> Parameters { get; init; } = [];

    /// <summary>What it returns where that is not a status.</summary>
    public AbiReturn? Returns { get; init; }

    /// <summary>Statuses that it gives beside those that every function may.</summary>
    public string? Errors { get; init; }

    /// <summary>From which threads it may be called, where that is not the rule.</summary>
    public string? Threads { get; init; }

    public string? Remarks { get; init; }
}
