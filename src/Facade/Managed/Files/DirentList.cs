// The result of guestfs_readdir, left in C's memory: an entry becomes managed when it is asked for.
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>The entries of a directory as C has them. Not for several threads at once.</summary>
internal sealed unsafe class DirentList : SafeHandle
{
    public DirentList()
        : base(0, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    internal int Count => checked((int)List->len);

    private guestfs_dirent_list* List
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (guestfs_dirent_list*)handle;
        }
    }

    internal static DirentList Read(GuestfsHandle g, string directory)
    {
        DirentList result = new();
        using Call call = new(g, stackalloc byte[Call.StackSize]);
        byte* native = call.String(directory);
        guestfs_dirent_list* list = LibGuestfs.guestfs_readdir(call.Handle, native);
        if (list == null)
        {
            throw call.Failure("readdir", CallState.Ready);
        }

        result.SetHandle((nint)list);
        return result;
    }

    internal string Name(int index) => NativeResult.ReadField(List->val[index].name);

    internal long Inode(int index) => List->val[index].ino;

    internal GuestfsFileType Type(int index) => List->val[index].ftyp switch
    {
        (byte)'r' => GuestfsFileType.RegularFile,
        (byte)'d' => GuestfsFileType.Directory,
        (byte)'l' => GuestfsFileType.SymbolicLink,
        (byte)'b' => GuestfsFileType.BlockDevice,
        (byte)'c' => GuestfsFileType.CharacterDevice,
        (byte)'f' => GuestfsFileType.Fifo,
        (byte)'s' => GuestfsFileType.Socket,
        _ => GuestfsFileType.Unknown,
    };

    /// <summary>Whether an entry is the directory itself or its parent.</summary>
    internal bool IsDot(int index)
    {
        byte* name = List->val[index].name;
        return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
    }

    /// <summary>Whether an entry has one of these two names that an entry before it has already.</summary>
    internal bool IsSecondDot(int index)
    {
        if (!IsDot(index))
        {
            return false;
        }

        byte second = List->val[index].name[1];
        for (int i = 0; i < index; i++)
        {
            if (IsDot(i) && List->val[i].name[1] == second)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The directory's own inode number, from its entry <c>.</c>; null where it has none.</summary>
    internal long? OwnInode()
    {
        for (int i = 0; i < Count; i++)
        {
            if (IsDot(i) && List->val[i].name[1] == 0)
            {
                return Inode(i);
            }
        }

        return null;
    }

    protected override bool ReleaseHandle()
    {
        LibGuestfs.guestfs_free_dirent_list((guestfs_dirent_list*)handle);
        return true;
    }
}
