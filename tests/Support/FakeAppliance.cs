// An appliance that only looks like one, and a qemu that is a script around the real one: launches of them fail early and cost nothing.
using System.Buffers.Binary;

namespace Guestfs.TestSupport;

/// <summary>A directory with a made-up appliance.</summary>
public sealed class FakeAppliance : IDisposable
{
    private readonly TempDirectory directory = new();

    /// <summary>Makes it.</summary>
    public FakeAppliance()
    {
        Command.Require("mke2fs", "qemu-system-x86_64");
        File.WriteAllText(FileName("README.fixed"), "");
        File.WriteAllBytes(FileName("kernel"), Kernel());
        File.WriteAllText(FileName("initrd"), "070701");
        Command.Run("mke2fs", "-q", "-t", "ext2", FileName("root"), "1M");
    }

    /// <summary>The real qemu.</summary>
    public static string Qemu => Command.Find("qemu-system-x86_64")!;

    /// <summary>Where it is.</summary>
    public string Directory => directory.Path;

    /// <inheritdoc/>
    public void Dispose() => directory.Dispose();

    /// <summary>The full name of a file in it.</summary>
    public string FileName(string name) => directory.File(name);

    /// <summary>A script that runs some shell commands in qemu's place, and is the real one for all questions about features.</summary>
    /// <param name="commands">What to do when a machine with a kernel is to be started.</param>
    /// <param name="always">What to do first in any case.</param>
    public string Script(string commands, string always = "")
    {
        string script = FileName($"qemu-{Guid.NewGuid():N}");
        File.WriteAllText(script, $"#!/bin/sh\n{always}\ncase \"$*\" in *-kernel*)\n{commands}\n;; esac\nexec {Qemu} \"$@\"\n");
        Command.Run("chmod", "0755", script);
        return script;
    }

    // A boot sector that promises one unit of system, which is there.
    private static byte[] Kernel()
    {
        byte[] kernel = new byte[4096];
        kernel[0x1F1] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(kernel.AsSpan(0x1F4), 1);
        "HdrS"u8.CopyTo(kernel.AsSpan(0x202));
        return kernel;
    }
}
