// The conversion of every structure and list of structures, on copies that the C library makes.
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

using Guestfs.Interop;

namespace Guestfs.Tests.Child.Heap;

/// <summary>No function returns most structures without an appliance; <c>guestfs_copy_*</c> does.</summary>
internal static unsafe class StructCases
{
    private const int ListLength = 3;

    internal static IEnumerable<(string Name, int Times, Action<GuestfsHandle> Call)> All()
    {
        foreach (Type record in typeof(GuestfsHandle).Assembly.GetTypes())
        {
            if (record.GetMethod("Take", BindingFlags.NonPublic | BindingFlags.Static) is { } take
                && record.GetMethod("TakeList", BindingFlags.NonPublic | BindingFlags.Static) is { } takeList)
            {
                Type native = take.GetParameters()[0].ParameterType.GetElementType()!;
                string name = native.Name["guestfs_".Length..];
                byte[] original = Original(native, out Dictionary<string, string> values);
                yield return ($"struct {name}", 200, Case(take, $"guestfs_copy_{name}", Native(original), 1, values));
                yield return ($"structs {name}", 200, Case(takeList, $"guestfs_copy_{name}_list", List(original), ListLength, values));
            }
        }
    }

    private static Action<GuestfsHandle> Case(MethodInfo take, string copy, nint original, int count, Dictionary<string, string> values)
    {
        Type parameter = take.GetParameters()[0].ParameterType;
        delegate* unmanaged<nint, void*> function = (delegate* unmanaged<nint, void*>)NativeLibrary.GetExport(GuestfsLibrary.Load(), copy);
        return _ =>
        {
            object result = take.Invoke(null, [Pointer.Box(function(original), parameter)])!;
            object[] items = result as object[] ?? [result];
            if (items.Length != count || !Array.TrueForAll(items, i => HasValues(i, values)))
            {
                throw new InvalidOperationException($"{copy} came back as {string.Join(", ", items)}");
            }
        };
    }

    // Each string field holds its own name and each number the length of its name, so that exchanged fields show.
    private static byte[] Original(Type native, out Dictionary<string, string> values)
    {
        values = [];
        object structure = Activator.CreateInstance(native)!;
        foreach (FieldInfo field in native.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            string property = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(field.Name.Replace('_', ' '))
                .Replace(" ", "", StringComparison.Ordinal);
            if (field.FieldType == typeof(byte*))
            {
                field.SetValue(structure, Pointer.Box((void*)Native([.. Encoding.ASCII.GetBytes(field.Name), 0]), typeof(byte*)));
                values.Add(property, field.Name);
            }
            else if (field.FieldType.IsPrimitive && field.Name.EndsWith("_len", StringComparison.Ordinal))
            {
                // A buffer's size: its bytes are the name of the field.
                field.SetValue(structure, (uint)(field.Name.Length - "_len".Length));
            }
            else if (field.FieldType.IsPrimitive)
            {
                field.SetValue(structure, ((IConvertible)field.Name.Length).ToType(field.FieldType, CultureInfo.InvariantCulture));
                values.Add(property, field.Name.Length.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                // char[32], left empty.
                values.Add(property, "");
            }
        }

        int size = (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(native).Invoke(null, null)!;

        // A boxed value, seen as an object with one field: where its bytes begin.
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<StrongBox<byte>>(structure).Value, size).ToArray();
    }

    private static nint List(byte[] original)
    {
        // All lists have these two fields.
        guestfs_lvm_pv_list list = new()
        {
            len = ListLength,
            val = (guestfs_lvm_pv*)Native([.. Enumerable.Repeat(original, ListLength).SelectMany(b => b)]),
        };
        return Native(new ReadOnlySpan<byte>(&list, sizeof(guestfs_lvm_pv_list)));
    }

    // Kept for the life of the process.
    private static nint Native(ReadOnlySpan<byte> bytes)
    {
        void* block = NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(block, bytes.Length));
        return (nint)block;
    }

    private static bool HasValues(object item, Dictionary<string, string> values)
    {
        // The properties of fields, in their order. Others have no value of their own.
        PropertyInfo[] properties = [.. item.GetType().GetProperties().Where(p => p.CanWrite)];
        return properties.Select(p => p.GetValue(item) switch
        {
            string text => text,
            byte[] bytes => Encoding.ASCII.GetString(bytes),
            char c => ((int)c).ToString(CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        }).SequenceEqual(values.Values);
    }
}
