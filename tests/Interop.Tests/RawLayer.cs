// What the raw bindings declare, read by reflection.
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Guestfs.Interop.Tests;

/// <summary>A structure's field as .NET lays it out.</summary>
internal sealed record RawField(string Name, long Offset, long Size);

/// <summary>A structure as .NET lays it out.</summary>
internal sealed record RawStruct(string Name, long Size, IReadOnlyList<RawField> Fields);

/// <summary>The declarations of the raw bindings, with those of the test surface.</summary>
internal static class RawLayer
{
    private static readonly Type[] Declaring =
        [typeof(LibGuestfs), Assembly.Load("Guestfs.TestSurface").GetType("Guestfs.Interop.LibGuestfsInternal", throwOnError: true)!];

    /// <summary>Every structure with fields.</summary>
    internal static IReadOnlyList<RawStruct> Structs { get; } =
        [.. Declaring.SelectMany(d => d.Assembly.GetTypes())
            .Where(t =>
                t.IsValueType && !t.IsNested && t.Namespace == "Guestfs.Interop" && t.Name.StartsWith("guestfs_", StringComparison.Ordinal))
            .Where(t => Fields(t).Length > 0)
            .Select(t => new RawStruct(t.Name, SizeOf(t), [.. Fields(t)
                .Select(f => new RawField(f.Name, (long)Marshal.OffsetOf(t, f.Name), SizeOf(f.FieldType)))]))
            .OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Every constant, as the 64 bits it has.</summary>
    internal static IReadOnlyDictionary<string, ulong> Constants { get; } =
        Declaring.SelectMany(d => d.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.IsLiteral && f.Name.StartsWith("GUESTFS_", StringComparison.Ordinal))
            .ToDictionary(
                f => f.Name,
                f => f.GetRawConstantValue() is ulong bits ? bits : unchecked((ulong)Convert.ToInt64(f.GetRawConstantValue(), null)),
                StringComparer.Ordinal);

    /// <summary>The symbol of every P/Invoke declaration.</summary>
    internal static IReadOnlyList<string> Imports { get; } =
        [.. Declaring.SelectMany(d => d.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(m => m.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(m => m.Name)
            .Order(StringComparer.Ordinal)];

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    private static long SizeOf(Type type) => type.IsPointer || type.IsFunctionPointer
        ? IntPtr.Size
        : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
