// What the assemblies offer, member by member: it changes only when somebody means it to.
using Guestfs.TestSupport;

using PublicApiGenerator;

using Xunit;

namespace Guestfs.Tests.Surface;

public class PublicApiTests
{
    private const string Update = "UPDATE_BASELINES";

    public static TheoryData<Type> Assemblies =>
        [typeof(GuestfsHandle), typeof(Appliances.Appliance), typeof(Extensions.Hosting.GuestfsLease)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void The_public_API_is_the_one_that_is_written_down(Type inAssembly)
    {
        ArgumentNullException.ThrowIfNull(inAssembly);
        string name = inAssembly.Assembly.GetName().Name!;
        string file = Repository.File("tests", "Facade.Tests", "Surface", "Baselines", name + ".txt");
        string api = inAssembly.Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n")
            .TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(file, api);
        }

        string baseline = File.Exists(file) ? File.ReadAllText(file) : "";
        if (api != baseline)
        {
            string[] before = baseline.Split('\n'), after = api.Split('\n');
            Assert.Fail($"The public API of {name} has changed:\n" +
                string.Concat(
                    before.Except(after).Select(l => $"- {l.Trim()}\n").Concat(after.Except(before).Select(l => $"+ {l.Trim()}\n"))) +
                $"If that is meant: cd tests/Facade.Tests && {Update}=1 dotnet run -- -class '{typeof(PublicApiTests).FullName}', and "
                + $"commit {Path.GetRelativePath(Repository.Root, file)}. See CHANGELOG.md.");
        }
    }
}
