// The libraries of this distribution's daemon.
using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class DaemonLibrariesTests
{
    [Fact]
    public void Scratch()
    {
        string output = Environment.GetEnvironmentVariable("SCRATCH_OUT")!;
        ApplianceInputs inputs = ApplianceInputs.Resolve(new ApplianceBuildOptions(), withKernel: true, null, default);
        inputs.WithPlan(output + ".spool", null, plan =>
        {
            for (int i = 0; i < 3; i++)
            {
                System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
                LazyPlan lazy = Appliances.LazyLibraries.Apply(plan.Files, LazyOptions.Daemon, default);
                Console.WriteLine(watch.ElapsedMilliseconds + " ms");
                foreach (LazyLibrary library in lazy.Libraries)
                {
                    Console.WriteLine(library);
                }

                if (i == 2)
                {
                    Write(inputs, plan, output + ".stock");
                    Write(inputs, plan with { Files = lazy.Files }, output + ".lazy");
                    ChrootWriter.Write(plan.Files, output + ".chroot", null, default);
                    ChrootWriter.Write(lazy.Files, output + ".lazychroot", null, default);
                }
            }

            return 0;
        }, default);
    }

    private static void Write(ApplianceInputs inputs, RootPlan plan, string directory)
    {
        Directory.CreateDirectory(directory);
        ApplianceWriter.WriteKernel(inputs, directory, null, default);
        ApplianceWriter.WriteInitrd(inputs, plan, directory, default);
        Ext2Image.Write(ApplianceWriter.RootLayout(inputs, plan, computeDigest: false), Path.Combine(directory, "root"), null, default);
        File.WriteAllText(Path.Combine(directory, "README.fixed"), "");
    }
}
