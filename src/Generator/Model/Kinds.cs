// The closed sets of kinds an API function is described with. A model file that names any other is refused.
using System.Text.Json.Serialization;

namespace Guestfs.Generator.Model;

/// <summary>What a function returns; decides its error value and how the result is freed.</summary>
internal enum ReturnKind
{
    /// <summary>Nothing but success; -1 is the error.</summary>
    None,
    /// <summary>A 32-bit integer; -1 is the error.</summary>
    Int,
    /// <summary>A 64-bit integer; -1 is the error.</summary>
    Int64,
    /// <summary>0 or 1; -1 is the error.</summary>
    Bool,
    /// <summary>A string owned by the handle; NULL is the error.</summary>
    ConstString,
    /// <summary>A string owned by the handle, or NULL for none; there is no error.</summary>
    ConstOptString,
    /// <summary>A string the caller frees; NULL is the error.</summary>
    String,
    /// <summary>A NULL-terminated array of strings, all freed by the caller.</summary>
    StringList,
    /// <summary>A structure freed with its own function.</summary>
    Struct,
    /// <summary>A list of structures freed with its own function.</summary>
    StructList,
    /// <summary>A NULL-terminated array of key, value, key, value...</summary>
    Hashtable,
    /// <summary>Bytes with a length, freed by the caller.</summary>
    Buffer,
}

/// <summary>What a required argument is in C.</summary>
internal enum ArgumentKind
{
    Bool,
    Int,
    Int64,
    String,
    OptString,
    StringList,
    Buffer,
    Pointer,
}

/// <summary>What a string means; C has only <c>char *</c> for all of them.</summary>
internal enum Subkind
{
    Plain,
    Device,
    Mountable,
    Pathname,
    DeviceOrPath,
    MountableOrPath,
    FileIn,
    FileOut,
    Key,
    Guid,
    Filename,
}

/// <summary>What an optional argument is in C.</summary>
internal enum OptionKind
{
    Bool,
    Int,
    Int64,
    String,
    StringList,
}

/// <summary>What a structure's field is in C and means.</summary>
internal enum FieldKind
{
    Char,
    String,
    Device,
    Buffer,
    [JsonStringEnumMemberName("uint32")]
    UInt32,
    Int32,
    [JsonStringEnumMemberName("uint64")]
    UInt64,
    Int64,
    /// <summary>An unsigned 64-bit size in bytes.</summary>
    Bytes,
    /// <summary>char[32], not NUL-terminated.</summary>
    Uuid,
    /// <summary>A float in percent; negative means absent.</summary>
    OptPercent,
}

/// <summary>In which state of the handle a function can be called.</summary>
internal enum CallState
{
    Any,
    /// <summary>Only before launch.</summary>
    Config,
    /// <summary>Only after launch: it needs the appliance.</summary>
    Ready,
}

/// <summary>What is special about a function, so that its wrappers do more than call it.</summary>
internal enum FunctionRole
{
    None,
    /// <summary>It starts the appliance. Its wrappers are written by hand.</summary>
    Launch,
    /// <summary>It stops another call, and waits for nothing. Its wrappers are written by hand.</summary>
    Cancel,
    /// <summary>It tells the hypervisor, in whose place a launch may put another program. Its wrappers are written by hand.</summary>
    GetHypervisor,
    /// <summary>It adds the image file that is its first argument as a disk.</summary>
    AddDisk,
    /// <summary>It adds disks that are no files of its first argument.</summary>
    AddOtherDisks,
    /// <summary>It tells something of the image file that is its only argument.</summary>
    ReadImage,
    /// <summary>It mounts a filesystem of the guest, to write to it.</summary>
    Mount,
    /// <summary>What was written before is on the disks when it succeeds.</summary>
    Flush,
    /// <summary>It mounts the guest at the directory of the host that is its first argument.</summary>
    MountLocal,
    /// <summary>It copies the file of the host that is its first argument into the guest, by other calls and tar.</summary>
    CopyIn,
    /// <summary>It copies the file of the guest that is its first argument to the host, by other calls and tar.</summary>
    CopyOut,
}

/// <summary>Whom a function is for.</summary>
internal enum Visibility
{
    Public,
    Debug,
    State,
    /// <summary>Upstream's tests of language bindings.</summary>
    Test,
}
