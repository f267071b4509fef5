// The tests run compilers, which take all processors by themselves.
using System.Runtime.Versioning;

using Xunit;

[assembly: SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Guestfs.Package.Tests.LocalFeed))]
