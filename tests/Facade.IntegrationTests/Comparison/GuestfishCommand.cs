// Runs a guestfish command line through the managed API.
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;

namespace Guestfs.IntegrationTests.Comparison;

/// <summary>A command as guestfish takes it: a name in kebab case, arguments, and options as <c>name:value</c>.</summary>
internal sealed partial class GuestfishCommand
{
    private readonly string[] words;

    internal GuestfishCommand(string line)
    {
        words = [.. WordPattern().Matches(line).Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Value)];
        Function = words[0].Replace('-', '_');
    }

    /// <summary>The C name without <c>guestfs_</c>.</summary>
    internal string Function { get; }

    /// <summary>Calls the method and returns its result as guestfish would print it, or <c>error: </c> and the message.</summary>
    internal string Run(GuestfsHandle handle)
    {
        string name = string.Concat(Function.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        MethodInfo method = typeof(GuestfsHandle).GetMethod(name) ?? throw new MissingMethodException(nameof(GuestfsHandle), name);
        ParameterInfo[] parameters = method.GetParameters();
        object?[] arguments = [.. parameters.Select(
            (p, i) => p.ParameterType.IsByRef ? Options(p.ParameterType.GetElementType()!, i + 1) : Value(p.ParameterType, words[i + 1]))];
        try
        {
            return GuestfishText.Of(Function, method.Invoke(handle, arguments));
        }
        catch (TargetInvocationException e) when (e.InnerException is GuestfsException error)
        {
            // Feature exceptions say more than libguestfs does.
            return GuestfishText.Latin($"error: {error.Message.Split(". The appliance lacks the feature")[0]}");
        }
        catch (TargetInvocationException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
    }

    private object Options(Type type, int from)
    {
        object options = Activator.CreateInstance(type)!;
        foreach (string word in words.Skip(from))
        {
            string[] pair = word.Split(':', 2);
            PropertyInfo property = type.GetProperty(pair[0], BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
                ?? throw new MissingMemberException(type.Name, pair[0]);
            property.SetValue(options, Value(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, pair[1]));
        }

        return options;
    }

    private static object Value(Type type, string word) =>
        type == typeof(string[]) ? word.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        : type == typeof(bool) ? bool.Parse(word)
        : Convert.ChangeType(word, type, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"""([^""]*)""|\S+")]
    private static partial Regex WordPattern();
}
