// A service with one slot. OpenTelemetry's SDK is who is told, the kernel says what runs.
using Guestfs.TestSupport;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

using OpenTelemetry;
using OpenTelemetry.Metrics;

using Xunit;

namespace Guestfs.Extensions.Hosting.Tests;

public sealed class FactoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_share_the_slots_and_OpenTelemetry_sees_it()
    {
        using IHost host = Build(options => options.MaxAppliances = 1);
        List<Metric> exported = [];
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(GuestfsTelemetry.MeterName).AddInMemoryExporter(exported).Build();
        IGuestfsFactory factory = host.Services.GetRequiredService<IGuestfsFactory>();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        Task<GuestfsLease> second;
        string text;
        await using (GuestfsLease first = await factory.LaunchAsync(g => g.AddDriveScratch(64 << 20), Cancellation))
        {
            Assert.Equal(GuestfsState.Ready, first.Handle.State);
            Assert.Equal(512, first.Handle.GetMemsize());
            Assert.True(Directory.Exists($"/proc/{first.Handle.GetPid()}"));
            first.Handle.Mkfs("ext2", "/dev/sda");
            first.Handle.Mount("/dev/sda", "/");
            await first.Handle.UploadAsync(new MemoryStream(new byte[12345]), "/file", cancellationToken: Cancellation);
            second = factory.OpenAsync(Cancellation);
            Assert.False(second.IsCompleted);

            // A full house is not ill.
            Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Cancellation)).Status);
            provider.ForceFlush();
            Assert.Equal((1, 1, 1), (Sum("guestfs.queue.length"), Sum("guestfs.slot.count"), Sum("guestfs.slot.limit")));
            Assert.Equal(12345, Sum("guestfs.transfer.io"));
            MetricPoint launch = Assert.Single(Points("guestfs.launch.duration"));
            Assert.Equal(1, launch.GetHistogramCount());
            Assert.InRange(launch.GetHistogramSum(), 0.01, 600);
            Assert.Equal("ready", Tag(launch, "guestfs.launch.outcome"));
            Assert.Equal(first.Handle.AcceleratorChoice!.Accelerator.ToString(), Tag(launch, "guestfs.accelerator"));
            Assert.Contains(Points("guestfs.call.duration"), point => Tag(point, "guestfs.function") as string == "upload");
            text = $"/proc/{first.Handle.GetPid()}";
        }

        Assert.False(Directory.Exists(text));
        (await second).Dispose();

        // One that fails gives its slot back.
        await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => factory.LaunchAsync(_ => throw new InvalidTimeZoneException(), Cancellation));
        exported.Clear();
        provider.ForceFlush();
        Assert.Equal((0, 0), (Sum("guestfs.queue.length"), Sum("guestfs.slot.count")));

        IEnumerable<MetricPoint> Points(string name)
        {
            foreach (ref readonly MetricPoint point in exported.Last(metric => metric.Name == name).GetMetricPoints())
            {
                yield return point;
            }
        }

        long Sum(string name) => Points(name).Sum(point => point.GetSumLong());
    }

    [Fact]
    public async Task The_health_check_launches_once_and_keeps_the_answer()
    {
        using RecordingLogs logs = new(Microsoft.Extensions.Logging.LogLevel.Information);
        using IHost host = Build(null, logs);
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        HealthReport[] reports = await Task.WhenAll(health.CheckHealthAsync(Cancellation), health.CheckHealthAsync(Cancellation));
        Assert.All(reports, report => Assert.Equal(HealthStatus.Healthy, report.Status));
        IReadOnlyDictionary<string, object> data = reports[0].Entries["guestfs"].Data;
        Assert.Equal(Command.Run("guestfish", "--version").Split(' ')[1].Trim(), data["libguestfs"]);
        Assert.InRange((double)data["launchSeconds"], 0.01, 600);
        Assert.Single(logs.Entries, entry => entry.Text.StartsWith("An appliance was launched", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_health_check_says_what_is_wrong()
    {
        using IHost host = Build(options => options.Backend = "no-such-backend");
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("no-such-backend", report.Entries["guestfs"].Description, StringComparison.Ordinal);
        Assert.NotNull(report.Entries["guestfs"].Exception);
    }

    private static object? Tag(MetricPoint point, string name)
    {
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            if (tag.Key == name)
            {
                return tag.Value;
            }
        }

        return null;
    }

    private static IHost Build(Action<GuestfsOptions>? configure, Microsoft.Extensions.Logging.ILoggerFactory? logs = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        if (logs is not null)
        {
            builder.Services.AddSingleton(logs);
        }

        builder.Services.AddGuestfs(options =>
        {
            options.ApplianceMemoryMegabytes = 512;
            configure?.Invoke(options);
        });
        builder.Services.AddHealthChecks().AddGuestfs(failureStatus: HealthStatus.Degraded);
        return builder.Build();
    }
}
