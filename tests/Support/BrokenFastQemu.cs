// The real qemu, with another kernel in the place of a fast appliance's, which an ELF file gives away.
namespace Guestfs.TestSupport;

/// <summary>A qemu with which no fast appliance boots.</summary>
public sealed class BrokenFastQemu : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Makes it.</summary>
    /// <param name="code">What the kernel does, in assembly: as it is, it faults at once.</param>
    public BrokenFastQemu(string code = "ud2")
    {
        Command.Require("qemu-system-x86_64");
        TinyKernel.Build(directory.File("kernel"), code);
        System.IO.File.WriteAllText(File, $"""
            #!/bin/sh
            kernel= previous=
            for argument; do
              [ "$previous" = -kernel ] && kernel=$argument
              previous=$argument
            done
            if [ -n "$kernel" ]; then
              case $(head -c 4 "$kernel") in *ELF) profile=fast; set -- "$@" -kernel {directory.File("kernel")} ;; *) profile=stock ;; esac
              echo $profile >> {Log}
              ! grep -qsx "all\|$profile" {Refusal} || exit 1
            fi
            exec {Command.Find("qemu-system-x86_64")} "$@"

            """);
        Command.Run("chmod", "0755", File);
    }

    /// <summary>The program.</summary>
    public string File => directory.File("qemu");

    private string Log => directory.File("log");

    private string Refusal => directory.File("refuse");

    /// <summary>Has it end at once, as one that does not like its arguments does.</summary>
    /// <param name="profile">With appliances of this profile; 'all' for any, null for none.</param>
    public void Refuse(string? profile) => System.IO.File.WriteAllText(Refusal, profile + "\n");

    /// <summary>Makes it another program of the same name, as an update does.</summary>
    public void Update() => System.IO.File.AppendAllText(File, "\n# newer\n");

    /// <summary>The profiles of the appliances that were launched since this was last asked for.</summary>
    public string[] TakeLaunched()
    {
        string[] lines = System.IO.File.ReadAllLines(Log);
        System.IO.File.Delete(Log);
        return lines;
    }

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
