using Guestfs;
using Guestfs.Extensions.Hosting;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds libguestfs to an application's services.</summary>
public static class GuestfsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IGuestfsFactory"/>, with the options of code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; null leaves them.</param>
    /// <returns>The options, to go on with. They are checked when the application starts.</returns>
    /// <remarks>An <see cref="ApplianceSource"/> among the services is where appliances come from.</remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddSingleton&lt;ApplianceSource&gt;(new ManagedApplianceSource());   // of Guestfs.Appliances
    /// builder.Services.AddGuestfs(options =&gt; options.MaxAppliances = 2);
    /// builder.Services.AddHealthChecks().AddGuestfs();
    /// </code>
    /// </example>
    public static OptionsBuilder<GuestfsOptions> AddGuestfs(this IServiceCollection services, Action<GuestfsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new GuestfsFactory(
            provider.GetRequiredService<IOptions<GuestfsOptions>>(),
            Loggers(provider),
            provider.GetService<ApplianceSource>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton<IGuestfsFactory>(provider => provider.GetRequiredService<GuestfsFactory>());
        services.TryAddSingleton(provider => new Trial(provider.GetRequiredService<GuestfsFactory>(), Loggers(provider)));
        services.AddHostedService<StartPreparation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GuestfsOptions>, OptionsCheck>());
        OptionsBuilder<GuestfsOptions> options = services.AddOptions<GuestfsOptions>().ValidateOnStart();
        return configure is null ? options : options.Configure(configure);
    }

    /// <summary>Adds <see cref="IGuestfsFactory"/>, with the options of a section of the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section: <c>builder.Configuration.GetSection("Guestfs")</c>. A name in it that is none of the options
    /// is an error.</param>
    /// <returns>The options, to go on with. They are checked when the application starts.</returns>
    public static OptionsBuilder<GuestfsOptions> AddGuestfs(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddGuestfs().Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    /// <summary>Adds a check that launches an appliance of <see cref="IGuestfsFactory"/>, if there is a slot, and keeps the answer for a
    /// time.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">Its name.</param>
    /// <param name="failureStatus">What it tells if that fails; null is unhealthy.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="cacheFor">How long an answer is kept; null is five minutes.</param>
    /// <returns>The health checks.</returns>
    /// <example>
    /// <code>
    /// builder.Services.AddHealthChecks().AddGuestfs(tags: ["ready"]);
    /// app.MapHealthChecks("/health");
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddGuestfs(
        this IHealthChecksBuilder builder, string name = "guestfs", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null,
        TimeSpan? cacheFor = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // A registration makes its check for each question; the answer is kept in the one.
        builder.Services.AddKeyedSingleton(name, (provider, _) => new GuestfsHealthCheck(
            provider.GetRequiredService<GuestfsFactory>(),
            provider.GetRequiredService<Trial>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            cacheFor ?? TimeSpan.FromMinutes(5)));
        return builder.Add(new HealthCheckRegistration(
            name, provider => provider.GetRequiredKeyedService<GuestfsHealthCheck>(name), failureStatus, tags));
    }

    private static ILoggerFactory Loggers(IServiceProvider provider) => provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
}
