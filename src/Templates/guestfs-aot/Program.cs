using Guestfs;

if (args.Length != 1)
{
    Console.Error.WriteLine("Which disk image?");
    return 2;
}

try
{
    using GuestfsHandle g = new();
    g.AddDrive(args[0], new() { ReadOnly = true });
    g.Launch();
    foreach (GuestOperatingSystem os in g.Inspect())
    {
        Console.WriteLine($"{os.Root}: {os.ProductName} ({os.Architecture})");
    }

    return 0;
}
catch (Exception e) when (e is GuestfsException or DllNotFoundException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
