// Calls any method of the handle with made-up arguments. Reflection cannot: it has no way to pass a span.
using System.Reflection;
using System.Reflection.Emit;

namespace Guestfs.Tests.Support;

/// <summary>Compiles calls of the handle's generated methods.</summary>
internal static class CompiledCall
{
    /// <summary>A call whose arguments are all valid, except that one parameter, if named, gets another value.</summary>
    /// <param name="method">A public method of the handle.</param>
    /// <param name="parameter">The parameter to spoil.</param>
    /// <param name="value">Its value: null, a string, or the only element of a list.</param>
    /// <param name="options">The options record; none given means no options.</param>
    internal static Action<GuestfsHandle> Of(MethodInfo method, string? parameter = null, string? value = null, object? options = null)
    {
        DynamicMethod dynamic = new(method.Name, null, [typeof(GuestfsHandle), typeof(object)], typeof(CompiledCall).Module);
        ILGenerator il = dynamic.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        foreach (ParameterInfo p in method.GetParameters())
        {
            if (p.ParameterType.IsByRef && options is not null)
            {
                il.Emit(OpCodes.Ldarg_1);
                il.Emit(OpCodes.Unbox, options.GetType());
            }
            else
            {
                bool spoilt = p.Name == parameter;
                Load(il, p.ParameterType, spoilt ? value : "x", nullList: spoilt && value is null);
            }
        }

        il.Emit(OpCodes.Call, method);
        if (method.ReturnType != typeof(void))
        {
            il.Emit(OpCodes.Pop);
        }

        il.Emit(OpCodes.Ret);
        Action<GuestfsHandle, object?> call = dynamic.CreateDelegate<Action<GuestfsHandle, object?>>();
        return handle => call(handle, options);
    }

    private static void Load(ILGenerator il, Type type, string? text, bool nullList)
    {
        if (type == typeof(string))
        {
            LoadText(il, text);
        }
        else if (type == typeof(string[]) && nullList)
        {
            il.Emit(OpCodes.Ldnull);
        }
        else if (type == typeof(string[]))
        {
            il.Emit(OpCodes.Ldc_I4_1);
            il.Emit(OpCodes.Newarr, typeof(string));
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Ldc_I4_0);
            LoadText(il, text);
            il.Emit(OpCodes.Stelem_Ref);
        }
        else
        {
            // Numbers, spans, and options by reference: zero.
            Type value = type.IsByRef ? type.GetElementType()! : type;
            LocalBuilder local = il.DeclareLocal(value);
            il.Emit(OpCodes.Ldloca, local);
            il.Emit(OpCodes.Initobj, value);
            il.Emit(type.IsByRef ? OpCodes.Ldloca : OpCodes.Ldloc, local);
        }
    }

    private static void LoadText(ILGenerator il, string? text)
    {
        if (text is null)
        {
            il.Emit(OpCodes.Ldnull);
        }
        else
        {
            il.Emit(OpCodes.Ldstr, text);
        }
    }
}
