using System.Reflection;
using System.Text.RegularExpressions;

using Guestfs.TestSupport;

using Microsoft.Extensions.Logging;

using Xunit;

namespace Guestfs.Tests.Observability;

public sealed partial class LogDocumentTests
{
    [Fact]
    public void The_document_has_every_message_with_its_number_and_level()
    {
        Assembly[] assemblies = [typeof(GuestfsHandle).Assembly, typeof(Extensions.Hosting.GuestfsLease).Assembly];
        string[] messages = [.. assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Message is not null)
            .OrderBy(method => method.Message!.EventId)
            .Select(method => $"{method.Message!.EventId} {method.Name} {method.Message.Level}")];
        Assert.NotEmpty(messages);
        Assert.Equal(messages, Row().Matches(File.ReadAllText(Repository.File("docs", "logging.md")))
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[4].Value}"));
    }

    [GeneratedRegex(@"(?m)^\| (\d+) \| `(\w+)` \| `([\w.]+)` \| (\w+) \|")]
    private static partial Regex Row();
}
