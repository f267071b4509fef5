// How the builder meets the small repository of the tests.
using Guestfs.Appliances.Repositories;
using Guestfs.TestSupport;

namespace Guestfs.Appliances.Tests.Repositories;

/// <summary>The repository as the builder's own types.</summary>
internal static class LocalRepositoryClient
{
    extension(LocalRepository repository)
    {
        public DebianRepository AsFiles() => repository.At("file://" + repository.Root);

        public DebianRepository At(string address) =>
            new(new Uri(address), "test", ["main"], "amd64", new SignedBy([File.ReadAllBytes(repository.Keyring)], []));

        /// <summary>A client with a cache of its own.</summary>
        public RepositoryClient Client(HttpClient http, TimeProvider? time = null, Action<string>? warn = null) => new(
            new Downloader(http, AptCredentials.None, time ?? TimeProvider.System),
            new PackageCache(repository.CachePart(""), TimeProvider.System),
            new GpgvVerifier(new Packages.ProcessRunner()),
            time ?? TimeProvider.System,
            warn);
    }
}
