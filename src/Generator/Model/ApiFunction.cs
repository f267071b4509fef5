using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>One external function.</summary>
internal sealed record ApiFunction
{
    public required string Name { get; init; }

    /// <summary>The first version that had it, for example 1.19.63; 0.0.0 where upstream does not record it (its test functions).</summary>
    public required string Since { get; init; }

    public Visibility Visibility { get; init; }

    public FunctionRole Role { get; init; }

    public required ApiReturn Returns { get; init; }

    public IReadOnlyList<ApiArgument> Arguments { get; init; } = [];

    /// <summary>Optional arguments in bit order: the first is bit 0 of the bitmask.</summary>
    public IReadOnlyList<ApiOption> Options { get; init; } = [];

    /// <summary>The function first existed without optional arguments, so those of today are in <c>NAME_opts</c>.</summary>
    public bool OnceHadNoOptions { get; init; }

    public ApiDeprecation? Deprecated { get; init; }

    /// <summary>The feature group the appliance must have for it.</summary>
    public string? Feature { get; init; }

    public CallState State { get; init; }

    /// <summary>It sends progress events.</summary>
    public bool Progress { get; init; }

    /// <summary><c>user_cancel</c> can stop it.</summary>
    public bool Cancellable { get; init; }

    /// <summary>It may wait for the appliance, a disk or a child process.</summary>
    public bool Blocking { get; init; }

    /// <summary>It is long by its nature: it reads or writes a whole disk or file tree, or runs a program.</summary>
    public bool Long { get; init; }

    /// <summary>What it transfers is limited by the protocol's message size, about 4 MB.</summary>
    public bool ProtocolLimit { get; init; }

    /// <summary>What was different before a version, if anything was.</summary>
    public ApiFormerFunction? Before { get; init; }

    /// <summary>The name the optional arguments' constants and structure carry.</summary>
    public string OptionsName => OnceHadNoOptions ? Name + "_opts" : Name;

    /// <summary>Its wrappers are written by hand.</summary>
    public bool IsHandwritten => Role is FunctionRole.Launch or FunctionRole.Cancel or FunctionRole.GetHypervisor;

    /// <summary>It adds disks, which a launch that has to be repeated adds again.</summary>
    public bool AddsDisks => Role is FunctionRole.AddDisk or FunctionRole.AddOtherDisks;

    /// <summary>It is made of other calls and of tar on the host, and forgets when one of these calls fails.</summary>
    public bool CopiesByTar => Role is FunctionRole.CopyIn or FunctionRole.CopyOut;

    /// <summary>The argument that names a file of the host, if there is one.</summary>
    public ApiArgument? HostFile => Arguments.SingleOrDefault(a => a.Subkind is Subkind.FileIn or Subkind.FileOut);

    /// <summary>It has asynchronous forms: upstream can stop it or it reports progress,
    /// it moves a file between guest and host, or is long by its nature.</summary>
    public bool IsLong => Visibility != Visibility.Test && (Cancellable || Progress || Long || HostFile is not null);

    /// <summary>A call of it can be stopped, if only by ending the appliance.</summary>
    public bool IsStoppable => State == CallState.Ready || IsLong;

    /// <summary><c>user_cancel</c> stops it, or the transfers it is made of.</summary>
    public bool StopsByUserCancel => Cancellable || HostFile is not null || CopiesByTar;

    /// <summary>The C symbol to call: the <c>_argv</c> form where there are optional arguments.</summary>
    public string Symbol => Options.Count == 0 ? $"guestfs_{Name}" : $"guestfs_{OptionsName}_argv";
}

/// <summary>What a function returns.</summary>
internal sealed record ApiReturn
{
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ReturnKind Kind { get; init; }

    public Subkind Subkind { get; init; }

    /// <summary>The structure of a <see cref="ReturnKind.Struct"/> or <see cref="ReturnKind.StructList"/>.</summary>
    public string? Struct { get; init; }

    public Subkind KeySubkind { get; init; }

    public Subkind ValueSubkind { get; init; }
}

/// <summary>A required argument.</summary>
internal sealed record ApiArgument
{
    public required string Name { get; init; }

    /// <summary>The words of its name, joined by '_', where the name does not show them.</summary>
    public string? Words { get; init; }

    /// <summary>Its name as words, for languages that show them.</summary>
    public string NameInWords => Words ?? Name;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ArgumentKind Kind { get; init; }

    public Subkind Subkind { get; init; }
}

/// <summary>An optional argument.</summary>
internal sealed record ApiOption
{
    public required string Name { get; init; }

    /// <summary>The words of its name, joined by '_', where the name does not show them.</summary>
    public string? Words { get; init; }

    /// <summary>Its name as words, for languages that show them.</summary>
    public string NameInWords => Words ?? Name;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required OptionKind Kind { get; init; }

    /// <summary>The first version that had it, when that is later than the function's own.</summary>
    public string? Since { get; init; }
}

/// <summary>That a function is deprecated, and for what.</summary>
internal sealed record ApiDeprecation
{
    /// <summary>The function to call instead, if there is one.</summary>
    public string? By { get; init; }

    /// <summary>The version that deprecated it, where it matters to tell.</summary>
    public string? Since { get; init; }
}
