// What holds for every method alike: how it takes bad arguments, the wrong state and a closed handle.
using System.Reflection;

using Guestfs.Generator.Model;
using Guestfs.Interop;
using Guestfs.Tests.Support;

using Xunit;

using ModelState = Guestfs.Generator.Model.CallState;

namespace Guestfs.Tests.Surface;

public sealed class EveryMethodTests : IDisposable
{
    private const string WithNul = "a\0b";

    private readonly GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    public void Dispose() => handle.Dispose();

    [Fact]
    public void Null_for_a_required_argument_names_the_parameter() => AllArguments(
        a => a.Kind is ArgumentKind.String or ArgumentKind.StringList,
        (method, parameter) => Assert.Throws<ArgumentNullException>(parameter, () => CompiledCall.Of(method, parameter)(handle)));

    [Fact]
    public void An_embedded_NUL_names_the_parameter() => AllArguments(
        a => a.Kind is ArgumentKind.String or ArgumentKind.OptString or ArgumentKind.StringList,
        (method, parameter) => Assert.Throws<ArgumentException>(parameter, () => CompiledCall.Of(method, parameter, WithNul)(handle)));

    [Fact]
    public void A_lone_surrogate_names_the_parameter() => AllArguments(
        a => a.Kind is ArgumentKind.String or ArgumentKind.OptString or ArgumentKind.StringList,
        (method, parameter) => Assert.Throws<ArgumentException>(parameter, () => CompiledCall.Of(method, parameter, "a\uD800b")(handle)));

    [Fact]
    public void A_bad_string_option_names_the_property() => Assert.All(Api.Functions.Where(f => f.Options.Count > 0), f =>
    {
        foreach (ApiOption option in f.Options.Where(o => o.Kind is OptionKind.String or OptionKind.StringList))
        {
            string name = Api.Pascal(option.NameInWords);
            object options = Activator.CreateInstance(Api.Method(f).GetParameters()[^1].ParameterType.GetElementType()!)!;
            options.GetType()
                .GetProperty(name)!
                .SetValue(options, option.Kind == OptionKind.String ? WithNul : Enumerable.Repeat(WithNul, 1).ToArray());
            Assert.Throws<ArgumentException>(name, () => CompiledCall.Of(Api.Method(f), options: options)(handle));
        }
    });

    // libguestfs itself refuses these calls; GuestfsStateException is thrown only when it did.
    [Fact]
    public void Before_launch_each_function_of_the_appliance_says_to_launch_first() => Assert.All(
        Api.Functions.Where(f => f.State == ModelState.Ready && GuestfsLibrary.HasSymbol(f.Symbol)),
        f =>
        {
            GuestfsStateException e = Assert.Throws<GuestfsStateException>(() => CompiledCall.Of(Api.Method(f))(handle));
            Assert.Equal(f.Name, e.Operation);
            Assert.Equal(GuestfsState.Config, e.State);
            Assert.StartsWith($"{f.Name}: the appliance is not running yet. Call Launch first.", e.Message, StringComparison.Ordinal);
        });

    [Fact]
    public void After_dispose_each_method_says_that_the_handle_is_closed()
    {
        handle.Dispose();
        Assert.Equal(GuestfsState.Closed, handle.State);
        Assert.All(Api.Functions, f =>
        {
            ObjectDisposedException e = Assert.Throws<ObjectDisposedException>(() => CompiledCall.Of(Api.Method(f))(handle));
            Assert.Equal(nameof(GuestfsHandle), e.ObjectName?.Split('.')[^1]);
        });
    }

    private static void AllArguments(Func<ApiArgument, bool> which, Action<MethodInfo, string> check) => Assert.All(Api.Functions, f =>
    {
        MethodInfo method = Api.Method(f);
        foreach ((ApiArgument argument, ParameterInfo parameter) in f.Arguments.Zip(method.GetParameters()))
        {
            if (which(argument))
            {
                check(method, parameter.Name!);
            }
        }
    });
}
