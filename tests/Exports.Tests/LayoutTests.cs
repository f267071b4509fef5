// Layouts and values that both sides of the ABI must agree on: gcc compares the two headers, C# enums are held against C's.
using System.Text;

using Guestfs.Appliances;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Exports.Tests;

public sealed class LayoutTests
{
    public static TheoryData<Type, string, string> Enumerations => new()
    {
        { typeof(LaunchFailure), "gfs_launch_failure", "GFS_LAUNCH_" },
        { typeof(ApplianceDeath), "gfs_appliance_death", "GFS_DEATH_" },
        { typeof(DiskProblem), "gfs_disk_problem", "GFS_DISK_" },
        { typeof(ExtractionProblem), "gfs_extraction_problem", "GFS_EXTRACTION_" },
        { typeof(ExtractSkipReason), "gfs_skip_reason", "GFS_SKIP_" },
        { typeof(ExtractSymlinks), "gfs_extract_symlinks", "GFS_EXTRACT_SYMLINKS_" },
        { typeof(GuestMountOutcome), "gfs_mount_outcome", "GFS_MOUNT_OUTCOME_" },
        { typeof(Accelerator), "gfs_accelerator", "GFS_ACCELERATOR_" },
        { typeof(Confinement), "gfs_confinement", "GFS_CONFINEMENT_" },
        { typeof(GuestfsState), "gfs_state", "GFS_STATE_" },
        { typeof(ApplianceStage), "gfs_appliance_stage", "GFS_STAGE_" },
        { typeof(ApplianceProfile), "gfs_appliance_profile", "GFS_PROFILE_" },
        { typeof(ApplianceProblem), "gfs_appliance_problem", "GFS_APPLIANCE_" },
    };

    [Theory]
    [MemberData(nameof(Enumerations))]
    public void An_enumeration_that_is_cast_has_the_same_names_and_values_in_C(Type managed, string name, string prefix)
    {
        HeaderEnum c = Assert.Single(Header.Read().Enums, e => e.Name == name);
        Assert.Equal(
            c.Values.Select(v => $"{v.Name} {v.Value}"),
            Enum.GetNames(managed).Select(n => $"{prefix}{CName(n)} {Convert.ToInt32(Enum.Parse(managed, n), null)}"));
    }

    [Fact]
    public void Structures_that_pass_through_are_laid_out_as_in_the_header_of_libguestfs()
    {
        // Those with a list, but for this library's own.
        Header header = Header.Read();
        HashSet<string> names = [.. header.Structs.Select(s => s.Name)];
        HeaderStruct[] passed = [.. header.Structs.Where(
            s => names.Contains(s.Name + "_list") || (s.Name.EndsWith("_list", StringComparison.Ordinal) && names.Contains(s.Name[..^5])))];
        string[] own = ["gfs_guest_", "gfs_mount_failure", "gfs_mount_result", "gfs_extract_"];
        passed = [.. passed.Where(s => !own.Any(o => s.Name.StartsWith(o, StringComparison.Ordinal)))];
        Assert.True(passed.Length >= 50, $"only {passed.Length} structures were found");

        StringBuilder program = new(
            "#include <stddef.h>\n#include <guestfs.h>\n#define GFS_NO_DEPRECATED\n#include \"guestfs_facade.h\"\n");
        foreach (HeaderStruct s in passed)
        {
            string upstream = "struct guestfs_" + s.Name["gfs_".Length..], ours = "struct " + s.Name;
            program.AppendLine($"_Static_assert(sizeof({upstream}) == sizeof({ours}), \"size of {s.Name}\");");
            foreach ((_, string member) in s.Members)
            {
                program.AppendLine(
                    $"_Static_assert(offsetof({upstream}, {member}) == offsetof({ours}, {member}), \"offset of {s.Name}.{member}\");");
                program.AppendLine($"_Static_assert(sizeof((({upstream} *) 0)->{member}) == sizeof((({ours} *) 0)->{member}), "
                    + $"\"size of {s.Name}.{member}\");");
            }
        }

        using TempDirectory directory = new();
        File.WriteAllText(directory.File("layouts.c"), program.ToString());
        string include = Path.Combine(UpstreamPackages.Unpack("sid", "libguestfs-dev", "libguestfs-ocaml-dev"), "usr/include");
        Command.Run(
            "gcc", "-std=c11", "-Wall", "-Werror", "-fsyntax-only", "-I", include, "-I", Header.Folder, directory.File("layouts.c"));
    }

    // KernelPanic is KERNEL_PANIC.
    private static string CName(string name) =>
        string.Concat(name.Select((c, i) => (i > 0 && char.IsUpper(c) ? "_" : "") + char.ToUpperInvariant(c)));
}
