namespace Guestfs.TestSupport;

/// <summary>Kernels of a few instructions, which qemu enters by PVH as it does that of a fast appliance.</summary>
public static class TinyKernel
{
    /// <summary>One that waits for nothing, without using the processor.</summary>
    public const string Halts = "cli\nagain: hlt\njmp again";

    /// <summary>One that keeps a processor busy.</summary>
    public const string Spins = "again: jmp again";

    private const string Head = """
        .section .note.Xen, "a", @note
        .long 4, 8, 18
        .asciz "Xen"
        .quad entry
        .text
        .code32
        entry:
        """;

    private const string Layout = """
        ENTRY(entry)
        PHDRS { kernel PT_LOAD; note PT_NOTE; }
        SECTIONS { . = 0x1000000; .text : { *(.text) } :kernel .note.Xen : { *(.note.Xen) } :kernel :note /DISCARD/ : { *(*) } }
        """;

    /// <summary>Builds one.</summary>
    /// <param name="file">The kernel.</param>
    /// <param name="code">What it does, in assembly.</param>
    public static void Build(string file, string code)
    {
        Command.Require("gcc");
        using TempDirectory directory = new();
        string source = directory.File("kernel.S"), layout = directory.File("layout");
        File.WriteAllText(source, $"{Head} {code}\n");
        File.WriteAllText(layout, Layout);
        Command.Run("gcc", "-nostdlib", "-static", "-no-pie", "-Wl,--build-id=none", "-T", layout, "-o", file, source);
    }
}
