// The demonstration: makes a disk with a small operating system, then opens, inspects, reads and edits it.
using Guestfs;
using Guestfs.Appliances;
using Guestfs.Demo;

// An argument names a directory to leave the disk in; otherwise a directory of our own is made and removed again.
string? keep = args is [{ Length: > 0 } given, ..] ? Path.GetFullPath(given) : null;
string directory = keep ?? Directory.CreateTempSubdirectory("guestfs-demo-").FullName;
string image = Path.Combine(directory, "demo.qcow2");
try
{
    if (File.Exists(image))
    {
        Console.Error.WriteLine($"{image} exists already, and the demonstration overwrites nothing. Name another directory.");
        return 1;
    }

    Directory.CreateDirectory(directory);
    Console.WriteLine($"Making {image}: GPT, LVM, ext4 and a small operating system...");
    DemoDisk.Make(image);

    Console.WriteLine("Opening it again and looking at what is there...\n");
    Report.Print(image, Console.Out);
    Console.WriteLine(keep is null ? "\nThe disk is removed again; name a directory to keep it." : $"\nThe disk is in {image}.");
    return 0;
}
catch (Exception e) when (e is GuestfsException or DllNotFoundException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"The demonstration failed: {e.Message}");
    return 1;
}
finally
{
    if (keep is null)
    {
        Directory.Delete(directory, recursive: true);
    }
}
