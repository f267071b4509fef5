// The handle has every function of the model, with the agreed shape, and nothing else.
using System.Reflection;

using Guestfs.Generator.Model;
using Guestfs.Tests.Support;
using Guestfs.TestSurface;

using Xunit;

namespace Guestfs.Tests.Surface;

public class CompletenessTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void The_model_has_as_many_functions_as_upstream_1_60_1()
    {
        Assert.Equal("1.60.1", Api.Model.Upstream);
        Assert.Equal(631, Api.Model.Functions.Count);
        Assert.Equal(604, Api.Functions.Count());
        Assert.Equal(26, Api.Model.Structs.Count);
        Assert.Equal(237, Api.Functions.Sum(f => f.Options.Count));
    }

    [Fact]
    public void Each_function_is_exactly_one_plain_method_with_its_name() =>
        All(f => Assert.Single(Api.Methods, m => m.Name == Api.Pascal(f.Name) && Api.IsPlain(m)));

    [Fact]
    public void Long_functions_and_only_they_have_asynchronous_forms() => All(f =>
    {
        bool file = f.Arguments.Any(IsHostFile);
        bool expected = f.Cancellable || f.Progress || f.Long || file;
        MethodInfo[] forms = [.. Api.Methods.Where(m => m.Name == Api.Pascal(f.Name) + "Async")];
        Assert.Equal(expected ? file ? 2 : 1 : 0, forms.Length);
        Type result = Api.Method(f).ReturnType;
        Type[] plain =
        [
            .. Api.Method(f).GetParameters().Select(p => p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType),
        ];
        foreach (MethodInfo form in forms)
        {
            Assert.Equal(result == typeof(void) ? typeof(Task) : typeof(Task<>).MakeGenericType(result), form.ReturnType);
            Type[] parameters = [.. form.GetParameters().Select(p => p.ParameterType)];
            Assert.Equal([typeof(IProgress<GuestfsProgress>), typeof(CancellationToken)], parameters[^2..]);
            Assert.All(form.GetParameters()[^2..], p => Assert.True(p.IsOptional));
            Assert.Equal(
                plain, parameters[..^2].Select((type, i) => type == typeof(Stream) && IsHostFile(f.Arguments[i]) ? typeof(string) : type));
        }
    });

    [Fact]
    public void Functions_with_a_file_of_the_host_and_only_they_take_a_stream_too() => All(f =>
        Assert.Equal(f.Arguments.Count(IsHostFile), Api.Methods.Count(m => m.Name == Api.Pascal(f.Name) && Api.TakesStream(m))));

    private static bool IsHostFile(ApiArgument a) => a.Subkind is Subkind.FileIn or Subkind.FileOut;

    [Fact]
    public void Each_event_of_the_model_has_a_dotnet_event()
    {
        // Upstream names what an event is about, .NET what has happened.
        Dictionary<string, string> happenings = new(StringComparer.Ordinal)
        {
            ["close"] = "Closed",
            ["subprocess_quit"] = "ApplianceExited",
            ["launch_done"] = "Launched",
            ["progress"] = "ProgressChanged",
            ["appliance"] = "ConsoleOutputReceived",
            ["library"] = "LibraryMessageReceived",
            ["trace"] = "TraceMessageReceived",
            ["enter"] = "FunctionEntered",
            ["libvirt_auth"] = "CredentialsRequested",
            ["warning"] = "WarningReceived",
        };
        string[] names = [.. Api.Model.Events.Select(e => happenings[e.Name]).Order(StringComparer.Ordinal)];
        Assert.Equal(names, typeof(GuestfsHandle).GetEvents().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_method_returns_the_type_of_its_kind() => All(f =>
    {
        ParameterInfo result = Api.Method(f).ReturnParameter;
        Type expected = f.Returns.Kind switch
        {
            ReturnKind.None => typeof(void),
            ReturnKind.Int => typeof(int),
            ReturnKind.Int64 => typeof(long),
            ReturnKind.Bool => typeof(bool),
            ReturnKind.ConstString or ReturnKind.ConstOptString or ReturnKind.String => typeof(string),
            ReturnKind.StringList => typeof(string[]),
            ReturnKind.Hashtable => typeof(IReadOnlyDictionary<string, string>),
            ReturnKind.Buffer => typeof(byte[]),
            ReturnKind.Struct => StructType(f),
            ReturnKind.StructList => StructType(f).MakeArrayType(),
            _ => throw new InvalidOperationException(),
        };
        Assert.Equal(expected, result.ParameterType);
        Assert.Equal(f.Returns.Kind == ReturnKind.ConstOptString, IsNullable(result));
    });

    [Fact]
    public void Each_method_has_the_required_arguments_in_order() => All(f =>
    {
        ParameterInfo[] parameters = Api.Method(f).GetParameters();
        Assert.Equal(f.Arguments.Count + (f.Options.Count > 0 ? 1 : 0), parameters.Length);
        foreach ((ApiArgument argument, ParameterInfo parameter) in f.Arguments.Zip(parameters))
        {
            Assert.Equal(Api.Pascal(argument.NameInWords), parameter.Name, ignoreCase: true);
            Assert.True(char.IsLower(parameter.Name![0]));
            Assert.Equal(
                argument.Kind switch
                {
                    ArgumentKind.Bool => typeof(bool),
                    ArgumentKind.Int => typeof(int),
                    ArgumentKind.Int64 => typeof(long),
                    ArgumentKind.String or ArgumentKind.OptString => typeof(string),
                    ArgumentKind.StringList => typeof(string[]),
                    ArgumentKind.Buffer => typeof(ReadOnlySpan<byte>),
                    ArgumentKind.Pointer => typeof(nint),
                    _ => throw new InvalidOperationException(),
                },
                parameter.ParameterType);
            Assert.Equal(argument.Kind == ArgumentKind.OptString, IsNullable(parameter));
        }
    });

    [Fact]
    public void Optional_arguments_are_properties_of_one_options_structure() => All(f =>
    {
        Type? record = typeof(GuestfsHandle).Assembly.GetType($"Guestfs.{Api.Pascal(f.Name)}Options");
        if (f.Options.Count == 0)
        {
            Assert.Null(record);
            return;
        }

        ParameterInfo last = Api.Method(f).GetParameters()[^1];
        Assert.Equal(record!.MakeByRefType(), last.ParameterType);
        Assert.True(last is { Name: "options", IsIn: true, IsOptional: true });
        Assert.True(record.IsPublic);
        Assert.Equal(f.Options.Select(o => Api.Pascal(o.NameInWords)), record.GetProperties().Select(p => p.Name));
        foreach ((ApiOption option, PropertyInfo property) in f.Options.Zip(record.GetProperties()))
        {
            Assert.Equal(
                option.Kind switch
                {
                    OptionKind.Bool => typeof(bool?),
                    OptionKind.Int => typeof(int?),
                    OptionKind.Int64 => typeof(long?),
                    OptionKind.String => typeof(string),
                    OptionKind.StringList => typeof(string[]),
                    _ => throw new InvalidOperationException(),
                },
                property.PropertyType);
            Assert.Equal(NullabilityState.Nullable, Nullability.Create(property).ReadState);
        }
    });

    [Fact]
    public void Each_structure_is_an_immutable_record_with_a_property_a_field()
    {
        foreach (ApiStruct s in Api.Model.Structs)
        {
            Type type = StructType(s.Name);
            Assert.True(type is { IsPublic: true });
            Assert.Equal(s.Fields.Select(f => Api.Pascal(f.NameInWords)),
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite).Select(p => p.Name));
            Assert.All(type.GetProperties().Where(p => p.CanWrite), p => Assert.Contains(
                p.SetMethod!.ReturnParameter.GetRequiredCustomModifiers(), m => m.Name == "IsExternalInit"));
        }
    }

    [Fact]
    public void Deprecated_functions_are_obsolete_and_name_the_replacement() => All(f =>
    {
        ObsoleteAttribute? obsolete = Api.Method(f).GetCustomAttribute<ObsoleteAttribute>();
        Assert.Equal(f.Deprecated is not null, obsolete is not null);
        if (f.Deprecated?.By is { } by && !by.StartsWith("internal_", StringComparison.Ordinal))
        {
            Assert.Contains(Api.Pascal(by), obsolete!.Message, StringComparison.Ordinal);
        }
    });

    [Fact]
    public void Upstreams_binding_tests_are_on_the_test_surface_only()
    {
        string[] names =
        [
            .. Api.Model.Functions.Where(f => f.Visibility == Visibility.Test)
                .Select(f => Api.Pascal(f.Name))
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(27, names.Length);
        Assert.Equal(names,
            typeof(InternalTests).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(Api.Methods, m => m.Name.StartsWith("InternalTest", StringComparison.Ordinal));
    }

    private static bool IsNullable(ParameterInfo parameter) => Nullability.Create(parameter).WriteState == NullabilityState.Nullable;

    private static Type StructType(ApiFunction f) => StructType(f.Returns.Struct!);

    // Known by what it converts: some have more readable names than in C.
    private static Type StructType(string name) => typeof(GuestfsHandle).Assembly.GetTypes().Single(
        t =>
            t.GetMethod("Take", BindingFlags.NonPublic | BindingFlags.Static)?.GetParameters()[0].ParameterType.Name == $"guestfs_{name}*");

    // One failure for all functions, not the first only.
    private static void All(Action<ApiFunction> check) => Assert.All(Api.Functions, check);
}
