// The flags of open(2), which are not the same on all processors: the compilers' headers are the judges.
using System.Runtime.InteropServices;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Tests.Extraction;

public sealed class OpenFlagsTests
{
    [Theory]
    [InlineData("gcc", Architecture.X64)]
    [InlineData("aarch64-linux-gnu-gcc", Architecture.Arm64)]
    public void They_are_those_of_the_header(string compiler, Architecture processor)
    {
        Command.Require(compiler);
        const string Source = "#define _GNU_SOURCE\n#include <fcntl.h>\nflags O_RDONLY O_WRONLY O_RDWR O_CREAT O_EXCL O_NONBLOCK O_CLOEXEC O_PATH O_DIRECTORY O_NOFOLLOW\n";
        string output = Command.TryRun(compiler, ["-E", "-P", "-"], input: Source).Output;
        IEnumerable<int> expected = output.Split('\n').Last(line => line.StartsWith("flags ", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(octal => Convert.ToInt32(octal, 8));
        int[] ours =
        [
            OpenFlags.ReadOnly, OpenFlags.WriteOnly, OpenFlags.ReadWrite, OpenFlags.Create, OpenFlags.Exclusive, OpenFlags.NonBlocking, OpenFlags.CloseOnExec, OpenFlags.PathOnly,
            OpenFlags.DirectoryOn(processor), OpenFlags.NoFollowOn(processor),
        ];
        Assert.Equal(expected, ours);
    }
}
