// Launches that cost nothing: an appliance that only looks like one, and a qemu that is a script around the real one.
using System.Buffers.Binary;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Launching;

/// <summary>A directory with a made-up appliance, and handles that launch it.</summary>
internal sealed class FakeLaunch : IDisposable
{
    private readonly TempDirectory directory = new();

    internal FakeLaunch()
    {
        Command.Require("mke2fs", "qemu-system-x86_64");
        File.WriteAllText(FileName("README.fixed"), "");
        File.WriteAllBytes(FileName("kernel"), Kernel());
        File.WriteAllText(FileName("initrd"), "070701");
        Command.Run("mke2fs", "-q", "-t", "ext2", FileName("root"), "1M");
    }

    internal static string Qemu => Command.Find("qemu-system-x86_64")!;

    internal string Directory => directory.Path;

    public void Dispose() => directory.Dispose();

    internal string FileName(string name) => directory.File(name);

    /// <summary>A script that runs some shell commands in qemu's place, and is the real one for all questions about features.</summary>
    /// <param name="commands">What to do when a machine with a kernel is to be started.</param>
    /// <param name="always">What to do first in any case.</param>
    internal string Script(string commands, string always = "")
    {
        string script = FileName($"qemu-{Guid.NewGuid():N}");
        File.WriteAllText(script, $"#!/bin/sh\n{always}\ncase \"$*\" in *-kernel*)\n{commands}\n;; esac\nexec {Qemu} \"$@\"\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }

    /// <summary>A handle with one small disk.</summary>
    internal GuestfsHandle Handle(string hypervisor, GuestfsHandleOptions options = default)
    {
        GuestfsHandle handle = new(options with { IgnoreEnvironment = true });
        handle.SetBackend("direct");
        handle.SetPath(Directory);
        handle.SetHv(hypervisor);
        string disk = FileName($"disk-{Guid.NewGuid():N}");
        using (FileStream image = File.Create(disk))
        {
            image.SetLength(1 << 20);
        }

        handle.AddDrive(disk, new AddDriveOptions { Format = "raw" });
        return handle;
    }

    /// <summary>How a launch with emulation fails.</summary>
    internal GuestfsLaunchException Fail(string hypervisor, Action<GuestfsHandle>? prepare = null, GuestfsHandleOptions? options = null)
    {
        using GuestfsHandle handle = Handle(hypervisor, options ?? new GuestfsHandleOptions { Accelerator = Accelerator.Tcg });
        prepare?.Invoke(handle);
        GuestfsLaunchException e = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.Equal("launch", e.Operation);
        Assert.Equal(GuestfsState.Config, handle.State);
        Assert.Contains(e.Remedy!, e.Message, StringComparison.Ordinal);
        return e;
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
