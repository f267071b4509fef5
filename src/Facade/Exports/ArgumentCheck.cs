using System.Diagnostics.CodeAnalysis;

namespace Guestfs.Exports;

/// <summary>The checks of the managed library, which refuse what libguestfs does not, as a status. Nothing here throws.</summary>
internal static unsafe class ArgumentCheck
{
    /// <summary>A name that a program of the host would misunderstand.</summary>
    internal static gfs_status Name(string operation, byte* name, Action<string> check) =>
        Run(operation, () => check(NativeString.Read(name)));

    /// <summary>What another check throws.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "None may reach C.")]
    internal static gfs_status Run(string operation, Action check)
    {
        try
        {
            check();
            return gfs_status.GFS_OK;
        }
        catch (Exception e)
        {
            return CallError.FromException(operation, e);
        }
    }
}
