// Boots an appliance without disks up to where a session begins, and saves the machine: docs/design/resume.md.
using System.Text;
using System.Text.Json;

using Guestfs.Interop;

namespace Guestfs;

/// <summary>Saves a machine.</summary>
/// <param name="machine">Which.</param>
/// <param name="given">qemu's arguments for a launch that it is to serve, to the value of <c>-append</c>.</param>
/// <param name="hypervisor">The qemu.</param>
/// <param name="socketDirectory">A directory for sockets, which need short names.</param>
internal sealed class MachineSaver(SavedMachine machine, IReadOnlyList<string> given, string hypervisor, string socketDirectory)
{
    // What the appliance's init says when it is to be saved; anything else is why it must not be.
    private const string Held = "held\n";

    private const string SessionSocket = "session";
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(20);

    // A boot takes 2 to 10 s of processor time.
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(60), MostTime = TimeSpan.FromMinutes(10);

    private readonly long start = Environment.TickCount64;
    private Subprocess? qemu;

    /// <summary>Saves it in the background. What that needs of the processor goes last.</summary>
    /// <returns>What to say about it.</returns>
    internal async Task<string> BeginAsync()
    {
        string said = "";
        await LingeringThread.Run("guestfs save", () => said = Save(), flows: false).ConfigureAwait(false);
        return said;
    }

    /// <summary>Saves it.</summary>
    /// <returns>What to say about it.</returns>
    // The thread that starts qemu must live as long: with it, qemu ends.
    internal string Save()
    {
        try
        {
            using SavedMachine.Saving? saving = machine.TryBegin();
            if (saving is null)
            {
                return machine.Refusal is { } refusal
                    ? $"the appliance is not saved any more: {refusal}"
                    : "the appliance is saved already";
            }

            if (Save(saving) is { } failure)
            {
                machine.Fail(failure);
                return $"the appliance could not be saved: {failure}";
            }

            return $"the appliance was saved: {machine.Directory}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            machine.Fail(e.Message);
            return $"the appliance could not be saved: {e.Message}";
        }
    }

    private string? Save(SavedMachine.Saving saving)
    {
        string sockets = Path.Combine(socketDirectory, $"guestfs-{Path.GetRandomFileName()}");
        string socket = Path.Combine(sockets, SessionSocket);
        MachinePlaces places = new() { Root = machine.Root, NewRoot = saving.Root, Memory = saving.Memory, SessionSocket = socket };
        if (!MachineArguments.TryRead(given, places, out MachineArguments? arguments))
        {
            return "libguestfs starts it in a way that is not known";
        }

        if (MakeRoot(arguments.Root, saving.Root) is { } failure)
        {
            return failure;
        }

        using QmpConnection? qmp = QmpConnection.TryListen(sockets, static _ => { }, static (_, _) => { });
        using UnixSocket? session = qmp is null ? null : UnixSocket.Listen(socket);
        string ownDirectory = PrivateDirectory.OfUser(HostEnvironment.Variable);
        using LaunchDirectory? launch = Launcher.Find(ownDirectory, new FileInfo(hypervisor)) is { } launcher
            ? LaunchDirectory.TryCreate(launcher, hypervisor, ["u", "p"])
            : null;
        if (session is null || launch is null)
        {
            return "there is no directory for its sockets, or none where programs may be run";
        }

        qemu = Subprocess.TryStart([launch.Hypervisor, .. arguments.Saved, "-qmp", QmpConnection.AddressIn(sockets)], []);
        if (qemu is null)
        {
            return $"{hypervisor} cannot be started";
        }

        using (qemu)
        {
            using UnixSocket connection = Await(session.AcceptAsync());

            // The launcher has become qemu. A process that is killed leaves none of it.
            launch.Dispose();
            byte[] message = new byte[128];
            switch (Encoding.ASCII.GetString(message, 0, Await(connection.ReceiveAsync(message))))
            {
                case Held:
                    break;
                case "":
                    return "it has ended before it came to where it is to be saved";
                case string reason:
                    return PrintableText.Line(reason.TrimEnd());
            }

            if (Migrate(qmp!, saving.Devices) is { } refused)
            {
                return refused;
            }

            // It writes what it still has of the root.
            _ = qmp!.AskAsync("quit");
            if (!qemu.WaitForEnd(Patience))
            {
                return "qemu does not end";
            }
        }

        saving.Finish(arguments);
        return null;
    }

    // What qemu says meanwhile is read, or it would wait for that.
    private T Await<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            if (!qemu!.Read(Step))
            {
                throw new IOException($"qemu has ended: {PrintableText.Line(LastLine(qemu.Output))}");
            }

            if (qemu.ProcessorTime > MostProcessorTime || Environment.TickCount64 - start > MostTime.TotalMilliseconds)
            {
                throw new IOException("it does not come to where it is to be saved");
            }
        }

        return task.GetAwaiter().GetResult();
    }

    // The machine goes on while it is saved: one that was stopped would be so when it is resumed. All that it does is to wait.
    private string? Migrate(QmpConnection qmp, string devices)
    {
        // In a shell's quotes, and these in JSON's.
        string target = devices.Replace("'", "'\\''", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        foreach ((string command, string argument) in (ReadOnlySpan<(string, string)>)
        [
            ("migrate-set-capabilities", """{"capabilities":[{"capability":"x-ignore-shared","state":true}]}"""),
            ("migrate-set-parameters", """{"max-bandwidth":1099511627776}"""),
            ("migrate", $$"""{"uri":"exec:cat >'{{target}}'"}"""),
        ])
        {
            if (Await(qmp.AskAsync(command, argument)) is null)
            {
                return $"qemu cannot save a machine without its memory: it refuses {command}";
            }
        }

        while (Await(qmp.AskAsync("query-migrate")) is { ValueKind: JsonValueKind.Object } progress
            && progress.TryGetProperty("status", out JsonElement status))
        {
            if (status.ValueEquals("completed"))
            {
                return null;
            }

            if (status.ValueEquals("failed") || status.ValueEquals("cancelled"))
            {
                break;
            }

            qemu!.Read(Step);
        }

        return "qemu could not write what it saves";
    }

    private static string? MakeRoot(string root, string path)
    {
        using Subprocess? program = Subprocess.TryStart(["qemu-img", "create", "-q", "-f", "qcow2", "-b", root, "-F", "raw", path], []);
        while (program?.Read(Patience) == true)
        {
        }

        return program is null ? "qemu-img is not installed"
            : program.WaitForEnd(Patience) && !program.HasFailed ? null
            : $"qemu-img has failed: {LastLine(program.Output)}";
    }

    private static string LastLine(string output) => output.TrimEnd().Split('\n')[^1];
}
