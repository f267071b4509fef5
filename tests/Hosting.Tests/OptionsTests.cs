// The host of .NET starts, or says why not.
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

using Xunit;

namespace Guestfs.Extensions.Hosting.Tests;

public sealed class OptionsTests
{
    [Fact]
    public async Task A_configuration_is_bound()
    {
        using IHost host = Build(new()
        {
            ["ApplianceMemoryMegabytes"] = "512", ["MaxAppliances"] = "3", ["QueueTimeout"] = "00:00:30", ["Accelerator"] = "Tcg",
        });
        await host.StartAsync(TestContext.Current.CancellationToken);
        GuestfsOptions options = host.Services.GetRequiredService<IOptions<GuestfsOptions>>().Value;
        Assert.Equal(
            (512, 3, TimeSpan.FromSeconds(30), Accelerator.Tcg),
            (options.ApplianceMemoryMegabytes, options.MaxAppliances, options.QueueTimeout, options.Accelerator));
        Assert.Same(host.Services.GetRequiredService<IGuestfsFactory>(), host.Services.GetRequiredService<GuestfsFactory>());
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("ApplianceMemoryMegabytes", "100", "at least 256")]
    [InlineData("ApplianceProcessors", "0", "at least 1")]
    [InlineData("ApplianceProcessors", "256", "at most 255")]
    [InlineData("MaxAppliances", "0", "at least 1")]
    [InlineData("MaxAppliances", "many", "Guestfs:MaxAppliances")]
    [InlineData("MaxMemoryMegabytes", "1000", "none could ever run")]
    [InlineData("MaxQueueLength", "-1", "at least 0")]
    [InlineData("QueueTimeout", "-00:00:01", "more than 0")]
    [InlineData("LaunchTimeout", "25.00:00:00", "24 days")]
    [InlineData("AppliancePath", "/proc", "README.fixed")]
    [InlineData("Accelerator", "7", "Accelerator")]
    [InlineData("Backend", " ", "Backend")]
    [InlineData("MaxApliances", "2", "MaxApliances")] // misspelt
    public async Task A_value_that_is_wrong_is_told_when_the_application_starts(string name, string value, string told)
    {
        using IHost host = Build(new() { [name] = value });
        Exception? e = await Record.ExceptionAsync(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(e);
        Assert.Contains(told, e.ToString(), StringComparison.Ordinal);
        Assert.Contains(name, e.ToString(), StringComparison.Ordinal);
    }

    private static IHost Build(Dictionary<string, string?> values)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(values.Select(one => KeyValuePair.Create("Guestfs:" + one.Key, one.Value)));
        builder.Services.AddGuestfs(builder.Configuration.GetSection("Guestfs"));
        return builder.Build();
    }
}
