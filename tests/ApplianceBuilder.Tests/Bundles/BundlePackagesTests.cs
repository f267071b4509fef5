// What a bundle takes of a repository, which Debian's tools make and sign.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.Bundles;

public sealed class BundlePackagesTests
{
    [Fact]
    public async Task They_are_those_of_libguestfs_and_of_the_processor_s_qemu_with_what_they_need()
    {
        using LocalRepository local = new();
        DebFile.Build(local.Pool, "libguestfs0t64", fields: "Depends: libneeded1\nProvides: libguestfs0");
        foreach (string name in (string[])["libneeded1", "qemu-system-x86", "qemu-system-arm", "qemu-utils", "unrelated"])
        {
            DebFile.Build(local.Pool, name);
        }

        local.Publish();
        using HttpClient http = new();
        ApplianceRepository repository = new(
            new RepositoryOptions
            {
                Address = new Uri("file://" + local.Root),
                Suite = "test",
                Keyrings = [local.Keyring],
                Architecture = "amd64",
                CacheDirectory = local.CachePart(""),
                Runner = new Packages.ProcessRunner(),
            },
            http);

        ArchivePackageSource source = await repository.DownloadForBundleAsync(null, TestContext.Current.CancellationToken);

        IEnumerable<string> names = source.Archives.Select(path => Command.Run("dpkg-deb", ["-f", path, "Package"]).Trim());
        Assert.Equal(["libguestfs0t64", "libneeded1", "qemu-system-x86", "qemu-utils"], names.Order(StringComparer.Ordinal));
    }
}
