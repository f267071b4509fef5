// What an editor shows: each method has a text, and says where guestfs(3) has more.
using System.Reflection;
using System.Xml.Linq;

using Guestfs.Generator.Model;
using Guestfs.Tests.Support;

using Xunit;

namespace Guestfs.Tests.Surface;

public class DocumentationTests
{
    // Written by the compiler, which is the judge of which member a text belongs to.
    private static readonly Dictionary<string, XElement> Members = XDocument
        .Load(Path.ChangeExtension(typeof(GuestfsHandle).Assembly.Location, ".xml"))
        .Descendants("member")
        .ToDictionary(m => (string)m.Attribute("name")!, StringComparer.Ordinal);

    [Fact]
    public void Each_method_has_a_summary_its_C_name_and_its_version() => Assert.All(Api.Functions, f =>
    {
        XElement text = Text(f);
        Assert.True(Summary(text).Length >= 10, f.Name);
        Assert.Contains(text.Descendants("c"), c => c.Value == $"guestfs_{f.Name}");
        Assert.Contains($"Since {f.Since}.", text.Value, StringComparison.Ordinal);
        if (f.Feature is not null)
        {
            Assert.Contains(text.Element("remarks")!.Descendants("c"), c => c.Value == f.Feature);
        }
    });

    [Fact]
    public void Each_parameter_and_result_has_a_text() => Assert.All(Api.Functions, f =>
    {
        XElement text = Text(f);
        Assert.Equal(
            Api.Method(f).GetParameters().Select(p => p.Name),
            text.Elements("param").Where(p => p.Value.Length > 0).Select(p => (string?)p.Attribute("name")));
        Assert.Equal(f.Returns.Kind != ReturnKind.None, text.Element("returns") is { Value.Length: > 0 });
    });

    [Fact]
    public void Each_public_type_and_property_has_a_summary()
    {
        foreach (Type type in typeof(GuestfsHandle).Assembly.GetExportedTypes())
        {
            Assert.True(Summary(Members[$"T:{type.FullName}"]).Length >= 10, type.Name);
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                string index = string.Join(',', property.GetIndexParameters().Select(parameter => parameter.ParameterType.FullName));
                string name = $"{type.FullName}.{property.Name}{(index.Length == 0 ? "" : $"({index})")}";
                Assert.True(Summary(Members["P:" + name]).Length >= 3, name);
            }
        }
    }

    [Fact]
    public void Each_event_has_a_summary() =>
        Assert.All(typeof(GuestfsHandle).GetEvents(), e => Assert.True(Summary(Members[$"E:Guestfs.GuestfsHandle.{e.Name}"]).Length >= 10));

    // As Api.IsPlain.
    private static readonly string[] OtherForms = ["System.IO.Stream", "System.IO.UnixFileMode", "System.DateTimeOffset", "System.Span{"];

    private static XElement Text(ApiFunction f)
    {
        string id = $"M:Guestfs.GuestfsHandle.{Api.Pascal(f.Name)}";
        return Members.Single(m => m.Key == id || (m.Key.StartsWith(id + "(", StringComparison.Ordinal)
            && !Array.Exists(OtherForms, type => m.Key.Contains(type, StringComparison.Ordinal)))).Value;
    }

    private static string Summary(XElement member) => string.Concat(member.Elements("summary").Select(s => s.Value)).Trim();
}
