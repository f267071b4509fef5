// The benchmarks: what a call costs above C ('serve managed', 'serve raw', or 'drive' of all runners), and 'transfers' with
// a running appliance, 'launches' of appliances, 'inspect', 'extract', and 'tool'.
using Guestfs.Bench;

switch (args)
{
    case ["serve", "managed"]:
        using (ManagedCalls calls = new())
        {
            Server.Run(calls.All);
        }

        return 0;
    case ["serve", "raw"]:
        RawCalls.SetUp();
        Server.Run(RawCalls.All);
        return 0;
    case ["drive", string report, string rounds, .. string[] runners]:
        return Driver.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), runners);
    case ["transfers", string report, string rounds]:
        return TransferReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture));
    case ["launches", string report, string rounds, .. string[] appliances]:
        return LaunchReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliances);
    case ["resumed", string report, string rounds, string disks, .. string[] appliances]:
        return ResumeReport.Run(
            report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture),
            int.Parse(disks, System.Globalization.CultureInfo.InvariantCulture), appliances);
    case ["upstream-inspection", string report, string rounds, .. string[] appliances]:
        return UpstreamInspectionReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliances);
    case ["confinement", string report, string rounds, string appliance]:
        return ConfinementReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliance);
    case ["inspect", string report, string rounds, string appliance, string resumable, string aot]:
        return InspectionReport.Run(
            report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliance, resumable, aot);
    case ["inspect-once", string way, string image]:
        return InspectionReport.Once(way, image);
    case ["tool", string report, string rounds, string appliance, string gfs]:
        return ToolReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliance, gfs);
    case ["start", string report, string rounds, string c, string gfs]:
        return StartReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), c, gfs);
    case ["extract", string report, string rounds, string appliance, string aot]:
        return ExtractionReport.Run(report, int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture), appliance, aot);
    case ["extract-once", string way, string image, string target]:
        return ExtractionReport.Once(way, image, target);
    default:
        Console.Error.WriteLine(
            "Start this with tests/Bench/run.sh, transfers.sh, launch.sh, inspect.sh, extract.sh, tool.sh or start.sh.");
        return 2;
}
