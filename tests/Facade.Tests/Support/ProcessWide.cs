// Tests that change what all handles of the process do, which the tests beside them must not see.
using Xunit;

namespace Guestfs.Tests.Support;

/// <summary>Its tests run alone.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
