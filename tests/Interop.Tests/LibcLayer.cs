// What the declarations of the C library say, read by reflection: a new one is judged without being named in a test.
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Guestfs.TestSupport;

namespace Guestfs.Interop.Tests;

/// <summary>The declarations of <see cref="Libc"/> and its structures.</summary>
internal static class LibcLayer
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The folder of the declarations.</summary>
    internal static string Folder { get; } = Repository.File("src", "Interop", "Libc");

    /// <summary>The headers, which the files are named after.</summary>
    internal static IReadOnlyList<string> Headers { get; } =
        [.. Directory.EnumerateFiles(Folder, "Libc.*.cs").Select(file => Path.GetFileNameWithoutExtension(file)["Libc.".Length..])
            .Where(name => !name.EndsWith(".Arch", StringComparison.Ordinal))
            .Select(name => $"{Lower(name).Replace('.', '/')}.h")
            .Order(StringComparer.Ordinal)];

    /// <summary>The values that are the same for all processors.</summary>
    internal static IReadOnlyDictionary<string, long> Constants { get; } = ConstantsOf(typeof(Libc));

    /// <summary>The values that depend on the processor, as this process has them.</summary>
    internal static IReadOnlyDictionary<string, long> OwnConstants { get; } =
        typeof(Libc).GetProperties(Static).Where(p => char.IsUpper(p.Name[0]) && p.Name.Contains('_', StringComparison.Ordinal))
            .ToDictionary(p => p.Name, p => Convert.ToInt64(p.GetValue(null), null), StringComparer.Ordinal);

    /// <summary>The functions.</summary>
    internal static IReadOnlyList<MethodInfo> Functions { get; } =
        [.. typeof(Libc).GetMethods(Static)
            .Where(m => !m.IsSpecialName && m.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !m.Name.StartsWith('<'))
            .OrderBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>The structures.</summary>
    internal static IReadOnlyList<RawStruct> Structs { get; } =
        [.. typeof(Libc).Assembly.GetTypes().Where(t => t.IsValueType && !t.IsNested && !t.IsPublic && char.IsLower(t.Name[0]))
            .Select(t => new RawStruct(
                t.Name, SizeOf(t), [.. t.GetFields().Select(f => new RawField(f.Name, OffsetOf(f), SizeOf(f.FieldType)))]))
            .OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>The values for a processor that are not the same for all.</summary>
    internal static IReadOnlyDictionary<string, long> ConstantsOn(Architecture processor) =>
        ConstantsOf(processor is Architecture.Arm64 ? typeof(Libc.ArmOrPower) : typeof(Libc.Generic));

    private static Dictionary<string, long> ConstantsOf(Type type) =>
        type.GetFields(Static)
            .Where(f => f.IsLiteral && f.FieldType != typeof(string))
            .ToDictionary(f => f.Name, f => Convert.ToInt64(f.GetRawConstantValue(), null), StringComparer.Ordinal);

    // Not the marshaller's: that has no layout for arrays within structures.
    private static unsafe long OffsetOf(FieldInfo field)
    {
        DynamicMethod method = new("AddressOf", typeof(nint), [typeof(nint)], restrictedSkipVisibility: true);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldflda, field);
        code.Emit(OpCodes.Conv_I);
        code.Emit(OpCodes.Ret);
        byte* structure = stackalloc byte[(int)SizeOf(field.DeclaringType!)];
        return method.CreateDelegate<Func<nint, nint>>()((nint)structure) - (nint)structure;
    }

    private static long SizeOf(Type type) =>
        type.IsPointer ? IntPtr.Size : (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

#pragma warning disable CA1308 // The names of headers are lower case.
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}
