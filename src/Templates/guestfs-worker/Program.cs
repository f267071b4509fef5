using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

using GuestfsProgram;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddGuestfs(builder.Configuration.GetSection("Guestfs"));
builder.Services.AddHostedService<DiskWorker>();
builder.Build().Run();
