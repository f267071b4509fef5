// What the tests run in a process of its own: to see its standard error, with other rights, or under a heap watcher.
using Guestfs;
using Guestfs.Tests.Child;
using Guestfs.Tests.Child.Heap;

switch (args)
{
    case ["thread-errors"]:
        Scenarios.ErrorsInManyThreads();
        break;
    case ["raw-error"]:
        Scenarios.RawErrorInAnotherThread();
        break;
    case ["trace", string until]:
        Scenarios.Trace(until);
        break;
    case ["add-drive", string file]:
        Scenarios.Report(h => h.AddDrive(file), default);
        break;
    case ["add-drive-ro", string file]:
        Scenarios.Report(h => h.AddDriveRo(file), default);
        break;
    case ["image-facts", string image]:
        Scenarios.Report(
            h => Console.WriteLine($"{h.DiskFormat(image)} {h.DiskVirtualSize(image)} {h.DiskHasBackingFile(image)}"), default);
        Scenarios.Report(h => Console.WriteLine(h.DiskVirtualSize(image + ".not")), default);
        break;
    case ["create"]:
        Scenarios.Report(h => Console.WriteLine(h.GetPath()), default);
        Scenarios.Report(h => Console.WriteLine(h.GetPath()), new GuestfsHandleOptions { IgnoreEnvironment = true });
        break;
    case ["launch"]:
        Scenarios.Report(LaunchScenarios.Launch, default);
        break;
    case ["confinement"]:
        Scenarios.Report(LaunchScenarios.TellConfinement, default);
        break;
    case ["launch-with-network"]:
        Scenarios.Report(
            h =>
            {
                h.SetNetwork(true);
                LaunchScenarios.Launch(h);
            },
            default);
        break;
    case ["pid-one", string uses, string file]:
        LaunchScenarios.PidOne(uses == "process", file);
        break;
    case ["log", string from]:
        Scenarios.Log(Enum.Parse<Microsoft.Extensions.Logging.LogLevel>(from));
        break;
    case ["handles", string count, string end]:
        HandleLifetimes.Run(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), end);
        break;
    case ["handle-limit"]:
        HandleLimit.Run();
        break;
    case ["late-cancellation"]:
        LateCancellation.Run();
        break;
    case ["heap"]:
        HeapCases.Run();
        break;
    case ["memory", string kind]:
        MemoryInUse.Run(kind);
        break;
    default:
        return 2;
}

return 0;
