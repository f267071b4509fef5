// An appliance wants a processor and half a gigabyte of its own: one at a time.
using System.Runtime.Versioning;

using Xunit;

[assembly: SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
