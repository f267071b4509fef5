// The real qemu with emulation, which takes itself for one with KVM: a guest is seen to run under it, and then the launch goes wrong.
namespace Guestfs.TestSupport;

/// <summary>A qemu in which KVM works when it is tried.</summary>
public sealed class FakeKvmQemu : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Makes it.</summary>
    /// <param name="fault">What the first machine that is launched does, in shell commands; $$ is its qemu, "$@" its arguments.</param>
    public FakeKvmQemu(string fault)
    {
        Command.Require("qemu-system-x86_64");
        TinyKernel.Build(directory.File("halts"), TinyKernel.Halts);
        TinyKernel.Build(directory.File("spins"), TinyKernel.Spins);
        System.IO.File.WriteAllText(File, $"""
            #!/bin/sh
            cd {directory.Path}
            wanted=
            n=$#
            while [ $n -gt 0 ]; do
              argument=$1
              shift
              case $argument in
                *accel=*)
                  wanted=$argument
                  argument=$(printf %s "$argument" | sed 's/accel=[a-z:]*/accel=tcg/') ;;
                host) argument=max ;;
              esac
              set -- "$@" "$argument"
              n=$((n - 1))
            done
            case "$*" in
              */dev/fdset/1*)
                printf 'guest is running' >&3
                exec sleep 60 ;;
              *virtserialport*)
                echo "$wanted" >> launched
                if [ $(wc -l < launched) = 1 ]; then
                  {fault}
                fi ;;
            esac
            exec {Command.Find("qemu-system-x86_64")} "$@"

            """);
        Command.Run("chmod", "0755", File);
    }

    /// <summary>The program.</summary>
    public string File => directory.File("qemu");

    /// <summary>What each launch wanted of the machine, such as <c>accel=tcg</c>.</summary>
    public IReadOnlyList<string> Launched => System.IO.File.ReadAllLines(directory.File("launched"));

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();
}
