// The measured calls in the raw layer, with exactly what the C program does.
using System.Diagnostics.CodeAnalysis;

using Guestfs.Interop;
using Guestfs.TestSurface;

namespace Guestfs.Bench;

/// <summary>The raw layer.</summary>
[SuppressMessage("Usage", "CA1806:Do not ignore method results", Justification = "Only the time is of interest.")]
internal static unsafe class RawCalls
{
    private const uint Flags = LibGuestfs.GUESTFS_CREATE_NO_ENVIRONMENT | LibGuestfs.GUESTFS_CREATE_NO_CLOSE_ON_EXIT;
    private static guestfs_h* g;

    internal static IReadOnlyDictionary<string, Action<int>> All => new Dictionary<string, Action<int>>
    {
        ["get_verbose"] = GetVerbose,
        ["set_verbose"] = SetVerbose,
        ["set_program"] = SetProgram,
        ["get_path"] = GetPath,
        ["version"] = Version,
        ["list_1000"] = List,
        ["hashtable_1000"] = Hashtable,
        ["structs_1000"] = Structs,
        ["optional"] = Optional,
        ["error"] = Error,
        ["create_close"] = CreateClose,
        ["plain_structs_1000"] = count =>
        {
            for (int i = 0; i < count; i++)
            {
                LibGuestfs.guestfs_free_partition_list(PlainStructs.Make());
            }
        },
        ["get_verbose_async"] = GetVerbose,
        ["get_verbose_spans"] = GetVerbose,
        ["throw"] = ExceptionCost.Throw,
    };

    internal static void SetUp()
    {
        g = LibGuestfs.guestfs_create_flags(Flags);
        LibGuestfs.guestfs_set_error_handler(g, null, null);
        fixed (byte* file = "/dev/null\0"u8)
        {
            LibGuestfsInternal.guestfs_internal_test_set_output(g, file);
        }
    }

    private static void GetVerbose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LibGuestfs.guestfs_get_verbose(g);
        }
    }

    private static void SetVerbose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LibGuestfs.guestfs_set_verbose(g, 0);
        }
    }

    private static void SetProgram(int count)
    {
        fixed (byte* program = "benchmark\0"u8)
        {
            for (int i = 0; i < count; i++)
            {
                LibGuestfs.guestfs_set_program(g, program);
            }
        }
    }

    private static void GetPath(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LibGuestfs.guestfs_get_path(g);
        }
    }

    private static void Version(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LibGuestfs.guestfs_free_version(LibGuestfs.guestfs_version(g));
        }
    }

    private static void List(int count)
    {
        fixed (byte* size = "1000\0"u8)
        {
            for (int i = 0; i < count; i++)
            {
                Free(LibGuestfsInternal.guestfs_internal_test_rstringlist(g, size));
            }
        }
    }

    private static void Hashtable(int count)
    {
        fixed (byte* size = "1000\0"u8)
        {
            for (int i = 0; i < count; i++)
            {
                Free(LibGuestfsInternal.guestfs_internal_test_rhashtable(g, size));
            }
        }
    }

    private static void Structs(int count)
    {
        fixed (byte* size = "1000\0"u8)
        {
            for (int i = 0; i < count; i++)
            {
                LibGuestfs.guestfs_free_lvm_pv_list(LibGuestfsInternal.guestfs_internal_test_rstructlist(g, size));
            }
        }
    }

    private static void Optional(int count)
    {
        for (int i = 0; i < count; i++)
        {
            guestfs_internal_test_only_optargs_argv options;
            options.bitmask = LibGuestfsInternal.GUESTFS_INTERNAL_TEST_ONLY_OPTARGS_TEST_BITMASK;
            options.test = 1;
            LibGuestfsInternal.guestfs_internal_test_only_optargs_argv(g, &options);
        }
    }

    private static void Error(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (LibGuestfsInternal.guestfs_internal_test_rinterr(g) == -1)
            {
                LibGuestfs.guestfs_last_error(g);
            }
        }
    }

    private static void CreateClose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            LibGuestfs.guestfs_close(LibGuestfs.guestfs_create_flags(Flags));
        }
    }

    private static void Free(byte** list)
    {
        for (byte** item = list; *item != null; item++)
        {
            System.Runtime.InteropServices.NativeMemory.Free(*item);
        }

        System.Runtime.InteropServices.NativeMemory.Free(list);
    }
}
