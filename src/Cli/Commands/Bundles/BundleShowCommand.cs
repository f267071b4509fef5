using System.CommandLine;
using System.Globalization;

using Guestfs.Appliances;
using Guestfs.Cli.Output;
using Guestfs.Interop;

namespace Guestfs.Cli.Commands.Bundles;

/// <summary>Tells what is in a bundle.</summary>
internal static class BundleShowCommand
{
    internal static Command Create()
    {
        Argument<string> directory = BundleArgument.Directory();
        Command command = new("show", "Tells what is in a bundle.") { directory };
        command.RefuseEmpty();
        command.SetAction((result, _) => Task.Run(
            () =>
            {
                Bundle bundle = Bundle.Open(ProcessInput.FullPath(result.GetValue(directory)!));
                using TextOutput output = new();
                if (result.IsJson())
                {
                    JsonOutput.CopyDocument(Path.Combine(bundle.Directory, BundleManifest.FileName), output.Stream);
                    return 0;
                }

                foreach (string line in Describe(bundle))
                {
                    output.WriteText(PrintableText.Line(line));
                }

                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static IEnumerable<string> Describe(Bundle bundle)
    {
        BundleManifest manifest = bundle.Manifest;
        yield return $"libguestfs: {manifest.Libguestfs}";
        yield return $"qemu: {manifest.Qemu}";
        yield return $"kernel: {manifest.Kernel}";
        yield return $"processor: {manifest.Architecture}";
        yield return $"glibc of the host: {manifest.Glibc} or later";
        yield return string.Create(CultureInfo.InvariantCulture, $"files: {manifest.Files.Count}, {Megabytes(bundle)} MB on the disk");
        yield return string.Create(CultureInfo.InvariantCulture, $"packages: {manifest.Packages.Count}");
        foreach (ManifestPackage package in manifest.Packages)
        {
            yield return $"  {package.Name} {package.Version} {package.Architecture}";
        }
    }

    // Without the holes of the appliance's root.
    private static string Megabytes(Bundle bundle) =>
        (bundle.SizeOnDisk / 1e6).ToString("F0", CultureInfo.InvariantCulture);
}
