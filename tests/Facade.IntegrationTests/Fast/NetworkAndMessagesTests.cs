// Sessions with a network and with messages: upstream's own init script, in the stock profile, is the judge of the fast one.
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

using Guestfs.Appliances;
using Xunit;

namespace Guestfs.IntegrationTests.Fast;

public sealed partial class NetworkAndMessagesTests(Profiles profiles) : IClassFixture<Profiles>
{
    // Which address, by which router, asking whom; not which client of DHCP set them, and for how long.
    private const string Facts =
        "ip -o -4 address | awk '{ print $2, $4, $6 }'; ip route | awk '{ print $1, $2, $3, $4, $5 }' | sed 's/ proto .*//'; "
        + "grep -v '^#' /etc/resolv.conf";

    [Fact]
    public void The_network_and_the_messages_are_those_of_upstreams_init_and_the_host_can_be_reached()
    {
        List<Session> sessions = [];
        foreach (ApplianceProfile profile in Enum.GetValues<ApplianceProfile>())
        {
            sessions.Add(Run(profile));
        }

        Session stock = sessions[(int)ApplianceProfile.Stock], fast = sessions[(int)ApplianceProfile.Fast];
        Assert.Contains("sh", stock.FirstProgram, StringComparison.Ordinal);
        Assert.DoesNotContain("sh", fast.FirstProgram, StringComparison.Ordinal);
        Assert.Contains("default via", stock.Network, StringComparison.Ordinal);
        Assert.Equal(stock.Network, fast.Network);

        // The commands whose output is shown, in their order, and lines that hold nothing of one boot alone.
        Assert.Contains("uname -a", stock.Commands);
        Assert.Equal(stock.Commands, fast.Commands);
        Assert.NotEmpty(stock.Lines);
        Assert.Equal(stock.Lines, fast.Lines);
        Assert.Contains("\nclocksource: ", fast.Console, StringComparison.Ordinal);
        Assert.Contains("\nuptime: ", fast.Console, StringComparison.Ordinal);
        Assert.Contains("Command line: ", fast.Console, StringComparison.Ordinal);
        Assert.Matches(Module(), fast.Console);
        Assert.Matches(Date(), fast.Console);
    }

    private Session Run(ApplianceProfile profile)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        StringBuilder console = new();
        using GuestfsHandle g = profiles.NewHandleFor(profile);
        g.ConsoleOutputReceived += (_, e) => console.Append(Encoding.Latin1.GetString(e.Bytes.Span));
        g.SetNetwork(true);
        g.SetVerbose(true);
        g.AddDriveScratch(1 << 20);
        g.Launch();
        string Shell(string command) => g.Debug("sh", [command]).Trim();
        string router = Shell("ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p'");
        Shell($"bash -c 'printf greetings > /dev/tcp/{router}/{((IPEndPoint)listener.LocalEndpoint).Port}'");
        Assert.True(listener.Pending(), $"The appliance's connection by {router} has not come to the host.");
        using StreamReader received = new(listener.AcceptTcpClient().GetStream());
        Assert.Equal("greetings", received.ReadToEnd());
        string network = Shell(Facts), first = Shell("readlink /proc/1/exe");
        g.Shutdown();
        string text = console.ToString().ReplaceLineEndings("\n");
        return new(network, first, text,
            [.. CommandLine().Matches(text).Select(match => match.Groups[1].Value)],
            [.. StableLine().Matches(text).Select(match => match.Value.TrimEnd()).Distinct().Order(StringComparer.Ordinal)]);
    }

    // With the prefix that the shell's trace has, up to 1.52 or later.
    [GeneratedRegex(
        @"^(?:\+|/init:) (uname -a|ls -lR /dev|cat /\w+/\S+|lsblk|blkid|lvm (?:config|pvs|vgs|lvs)|ip [ar]|lsmod|date)$",
        RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(
        @"^(?:Linux \(none\) .*|Module +Size +Used by|default via \S+ dev \S+|nameserver \S+|guestfsd .*--verbose.*)",
        RegexOptions.Multiline)]
    private static partial Regex StableLine();

    [GeneratedRegex(@"^virtio_net +\d+ +\d+$", RegexOptions.Multiline)]
    private static partial Regex Module();

    [GeneratedRegex(@"^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d UTC \d{4}$", RegexOptions.Multiline)]
    private static partial Regex Date();

    private sealed record Session(
        string Network, string FirstProgram, string Console, string[] Commands, string[] Lines);
}
