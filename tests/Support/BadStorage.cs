// A qemu whose storage refuses what is written: the real one, for which c/badstorage.c answers in the kernel's place.
namespace Guestfs.TestSupport;

/// <summary>A file that cannot be written any more.</summary>
public static class BadStorage
{
    /// <summary>Makes the qemu.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="file">The file that cannot be written.</param>
    /// <param name="errno">What the kernel would say.</param>
    /// <returns>The program.</returns>
    public static string Qemu(TempDirectory directory, string file, int errno)
    {
        ArgumentNullException.ThrowIfNull(directory);
        string library = directory.File("badstorage.so"), program = directory.File("qemu");
        Command.Run(
            "gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library,
            Repository.File("tests", "Support", "c", "badstorage.c"), "-ldl");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nBAD_FILE={file} BAD_ERROR={errno} LD_PRELOAD={library} exec {Command.Find("qemu-system-x86_64")} \"$@\"\n");
        Command.Run("chmod", "0755", program);
        return program;
    }
}
