// What reflection makes of the same values is the judge.
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

using Xunit;

namespace Guestfs.Tests.Surface;

public sealed class StructuresJsonTests
{
    private static readonly JsonSerializerOptions Reflection = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    // The types of guestfs(3)'s structures are what generated methods return.
    public static TheoryData<Type> Structures => [.. typeof(GuestfsHandle).GetMethods(BindingFlags.Public | BindingFlags.Instance)
        .Select(method => method.ReturnType.IsArray ? method.ReturnType.GetElementType()! : method.ReturnType)
        .Where(type => type.Assembly == typeof(GuestfsHandle).Assembly && type.GetMethod("<Clone>$") is not null
            && !type.Name.StartsWith("Guest", StringComparison.Ordinal) && type != typeof(ExtractReport))
        .Append(typeof(GuestfsVersion))
        .Distinct()];

    [Theory]
    [MemberData(nameof(Structures))]
    public void Each_structure_is_written_as_reflection_writes_it_and_read_again(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        object value = Sample(type);
        string json = JsonSerializer.Serialize(value, type, GuestfsStructuresJsonContext.Default);
        Assert.Equal(JsonSerializer.Serialize(value, type, Reflection), json);
        object? again = JsonSerializer.Deserialize(json, type, GuestfsStructuresJsonContext.Default);
        Assert.Equal(json, JsonSerializer.Serialize(again, type, GuestfsStructuresJsonContext.Default));
    }

    [Fact]
    public void There_are_structures() => Assert.True(Structures.Count > 20, $"{Structures.Count}");

    private static object Sample(Type type)
    {
        object value = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        int n = 1;
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            Type kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(value, kind == typeof(string) ? $"text {n++}"
                : kind == typeof(byte[]) ? new byte[] { (byte)n++ }
                : kind.IsEnum ? Enum.GetValues(kind).GetValue(0)
                : kind == typeof(bool) ? true
                : kind.IsPrimitive ? Convert.ChangeType(n++, kind, System.Globalization.CultureInfo.InvariantCulture)
                : null);
        }

        return value;
    }
}
