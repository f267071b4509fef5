using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Guestfs.Generator;

/// <summary>The documentation that a package brings: of what its users can see. The compiler writes that of internal types too.</summary>
internal static class PublicDocumentation
{
    /// <summary>Removes what is not visible outside <paramref name="assembly"/> from <paramref name="documentation"/>.</summary>
    public static void Keep(string assembly, string documentation)
    {
        HashSet<string> visible = VisibleNames(assembly);
        XDocument document = XDocument.Load(documentation, LoadOptions.PreserveWhitespace);
        foreach (XElement member in document.Root!.Element("members")!.Elements("member").ToList())
        {
            // "M:Namespace.Type.Method(System.String)": the overloads of a name share one answer.
            string name = ((string)member.Attribute("name")!).Split('(', '~')[0];
            if (!visible.Contains(name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd('`')) && !visible.Contains(name))
            {
                (member.PreviousNode as XText)?.Remove();
                member.Remove();
            }
        }

        document.Save(documentation, SaveOptions.DisableFormatting);
    }

    /// <summary>The names of visible types and members, as the documentation has them, without arguments.</summary>
    private static HashSet<string> VisibleNames(string assembly)
    {
        using PEReader file = new(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        HashSet<string> names = [];
        IEnumerable<TypeDefinition> types = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition);
        foreach (TypeDefinition type in types.Where(type => IsVisible(metadata, type)))
        {
            string name = FullName(metadata, type);
            names.Add("T:" + name);
            names.UnionWith(type.GetFields().Select(metadata.GetFieldDefinition)
                .Where(field => IsVisible((MethodAttributes)field.Attributes))
                .Select(field => $"F:{name}.{metadata.GetString(field.Name)}"));
            HashSet<string> methods = [.. type.GetMethods().Select(metadata.GetMethodDefinition)
                .Where(method => IsVisible(method.Attributes)).Select(method => metadata.GetString(method.Name))];
            names.UnionWith(methods.Select(method => $"M:{name}.{method.Replace('.', '#')}"));
            names.UnionWith(type.GetProperties().Select(property => metadata.GetString(metadata.GetPropertyDefinition(property).Name))
                .Where(property => methods.Contains("get_" + property) || methods.Contains("set_" + property))
                .Select(property => $"P:{name}.{property}"));
            names.UnionWith(type.GetEvents().Select(@event => metadata.GetString(metadata.GetEventDefinition(@event).Name))
                .Where(@event => methods.Contains("add_" + @event)).Select(@event => $"E:{name}.{@event}"));
        }

        return names;
    }

    private static bool IsVisible(MetadataReader metadata, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(metadata, metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    // Fields have the same values for the same words.
    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask)
            is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string FullName(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        return type.IsNested
            ? $"{FullName(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}.{name}"
            : metadata.GetString(type.Namespace) + "." + name;
    }
}
