using System.Diagnostics.CodeAnalysis;

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Guestfs.Extensions.Hosting;

/// <summary>The launch of <see cref="GuestfsOptions.PrepareAtStart"/>. The application starts without waiting for it.</summary>
internal sealed class StartPreparation(GuestfsFactory factory, Trial trial, IOptions<GuestfsOptions> options) : BackgroundService
{
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is logged, and the health check tells.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.PrepareAtStart)
        {
            return;
        }

        await Task.Yield();
        try
        {
            Slot slot = await factory.Admission.EnterAsync(stoppingToken).ConfigureAwait(false);
            await trial.RunAsync(slot, "preparation", stoppingToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
        }
    }
}
