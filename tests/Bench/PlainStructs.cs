// A list of structures without strings, as the C library returns it. No such call works without an appliance, so the list is made here.
using System.Runtime.InteropServices;

using Guestfs.Interop;

namespace Guestfs.Bench;

/// <summary>Conversion of a list of 1,000 partitions.</summary>
internal static unsafe class PlainStructs
{
    private const int Length = 1000;

    internal static guestfs_partition_list* Make()
    {
        guestfs_partition_list* list = (guestfs_partition_list*)NativeMemory.Alloc((nuint)sizeof(guestfs_partition_list));
        list->len = Length;
        list->val = (guestfs_partition*)NativeMemory.AllocZeroed(Length, (nuint)sizeof(guestfs_partition));
        return list;
    }

    internal static void Convert(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Partition.TakeList(Make());
        }
    }
}
