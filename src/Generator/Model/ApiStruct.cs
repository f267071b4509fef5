using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>A structure that functions return.</summary>
internal sealed record ApiStruct
{
    public required string Name { get; init; }

    public required IReadOnlyList<ApiField> Fields { get; init; }

    /// <summary>The C type's name.</summary>
    public string CType => $"guestfs_{Name}";
}

/// <summary>A field of a structure.</summary>
internal sealed record ApiField
{
    public required string Name { get; init; }

    /// <summary>The words of its name, joined by '_', where the name does not show them, or begins with its structure's.</summary>
    public string? Words { get; init; }

    /// <summary>Its name as words, for languages that show them.</summary>
    public string NameInWords => Words ?? Name;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required FieldKind Kind { get; init; }

    /// <summary>Its name before <see cref="Since"/>: a spare field that was given a use.</summary>
    public string? FormerName { get; init; }

    /// <summary>The first version that has it under its name, where it was renamed.</summary>
    public string? Since { get; init; }
}

/// <summary>An event a handle raises.</summary>
internal sealed record ApiEvent
{
    public required string Name { get; init; }

    /// <summary>Its bit in an event bitmask.</summary>
    public required int Value { get; init; }
}

/// <summary>A feature group: a part of the appliance that may be missing.</summary>
internal sealed record ApiFeature
{
    public required string Name { get; init; }

    /// <summary>No function depends on it any more; asking for it always answers yes.</summary>
    public bool Retired { get; init; }
}
