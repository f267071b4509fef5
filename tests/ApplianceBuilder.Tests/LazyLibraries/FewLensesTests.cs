// Which lenses are chosen: Augeas itself, with all of its lenses, is the judge.
using System.Text;

using Guestfs.Appliances.LazyLibraries;
using Guestfs.Appliances.Plan;
using Guestfs.Appliances.Tests.Ext2;
using Guestfs.TestSupport;
using Xunit;

namespace Guestfs.Appliances.Tests.LazyLibraries;

public sealed class FewLensesTests : IDisposable
{
    private const string Place = "/usr/share/augeas/lenses/dist";

    // Prints which lenses remain for the files, and what is read with them: PROGRAM ROOT LENSES FLAGS EXPRESSION.
    private const string Judge = """
        #include <dlfcn.h>
        #include <stdio.h>
        #include <stdlib.h>

        int main(int count, char **arguments)
        {
          void *augeas = dlopen("libaugeas.so.0", RTLD_NOW);
          void *(*open)(const char *, const char *, unsigned) = dlsym(augeas, "aug_init");
          int (*rm)(void *, const char *) = dlsym(augeas, "aug_rm"), (*load)(void *) = dlsym(augeas, "aug_load");
          int (*match)(void *, const char *, char ***) = dlsym(augeas, "aug_match");
          int (*get)(void *, const char *, const char **) = dlsym(augeas, "aug_get");
          void *handle = open(arguments[1], arguments[2][0] ? arguments[2] : NULL, (unsigned)atoi(arguments[3]));
          if (rm(handle, arguments[4]) < 0 || load(handle) < 0)
            return 1;
          for (int i = 0; i < 2; i++) {
            char **found;
            for (int n = match(handle, i ? "/files//*" : "/augeas/load//*", &found); n > 0; n--) {
              const char *value = NULL;
              get(handle, found[n - 1], &value);
              printf("%s = %s\n", found[n - 1], value ? value : "");
            }
          }
          return count != 5;
        }
        """;

    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void With_them_Augeas_reads_what_it_reads_with_all()
    {
        Command.Require("gcc");
        Assert.SkipUnless(Directory.Exists(Place), "The lenses of Augeas are not installed.");
        FilePlanBuilder builder = new();
        foreach (string path in Directory.GetFiles("/usr/share/augeas/lenses", "*.aug", SearchOption.AllDirectories))
        {
            builder.Add(PlanEntries.File(path, new BytesContent(File.ReadAllBytes(path))));
        }

        FewLenses few = FewLenses.Choose(builder.Build(), directory.File("lenses"))!;
        Assert.InRange(few.Lenses.Count, 2, 30);
        Directory.CreateDirectory(few.Directory);
        foreach (string lens in few.Lenses)
        {
            File.CreateSymbolicLink(Path.Combine(few.Directory, Path.GetFileName(lens)), lens);
        }

        Directory.CreateDirectory(directory.File("root/etc/mdadm"));
        File.WriteAllText(directory.File("root/etc/fstab"), "/dev/sda1 / ext4 defaults,noatime 0 1\nUUID=7 /home xfs defaults 0 2\n");
        File.WriteAllText(directory.File("root/etc/mdadm.conf"), "ARRAY /dev/md0 UUID=1:2:3:4\n");
        File.WriteAllText(directory.File("root/etc/mdadm/mdadm.conf"), "DEVICE partitions\nARRAY /dev/md1 UUID=5:6:7:8\n");
        File.WriteAllText(directory.File("judge.c"), Judge);
        Command.Run("gcc", "-o", directory.File("judge"), directory.File("judge.c"), "-ldl");
        string[] conditions = [.. FewLenses.Files.Select(file => $"\"{file}/\" !~ regexp('^') + glob(incl) + regexp('/.*')")];
        string expression = $"/augeas/load/*[ {string.Join(" and ", conditions)} ]";
        string[] all = Ask("", "48", expression);
        Assert.Contains("/augeas/load/Fstab/lens = @Fstab", all);
        Assert.Contains("/files/etc/mdadm/mdadm.conf/array/devicename = /dev/md1", all);
        Assert.Equal(all, Ask(few.Directory, "56", expression));
    }

    [Fact]
    public void What_is_in_doubt_is_chosen()
    {
        FewLenses few = FewLenses.Choose(Plan(
            (Place + "/whole.aug", "module Whole = autoload xfm let lns = Rx.x let f = incl \"/etc/fstab\""),
            (Place + "/pattern.aug", "module Pattern = autoload xfm let f = incl \"/etc/*\""),
            (Place + "/set.aug", "module Set = autoload xfm let f = incl \"/etc/[fg]stab\""),
            (Place + "/parts.aug", "module Parts = autoload xfm let dir = \"/etc/mdadm\" let f = incl (dir . \"/mdadm.conf\")"),
            (Place + "/others.aug", "module Others = autoload xfm let f = Unlikely.filter"),
            (Place + "/unlikely.aug", "module Unlikely = let filter = incl \"/x\""),
            (Place + "/rx.aug", "module Rx = let x = Deeper_One.y"),
            (Place + "/deeper_one.aug", "module Deeper_One = let y = /x/"),
            (Place + "/not.aug", "module Not = autoload xfm let f = incl \"/etc/fstab2\""),
            (Place + "/none.aug", "module None = let f = incl \"/etc/fstab\""),
            ("/usr/share/elsewhere.aug", "module Elsewhere = autoload xfm let f = incl \"/etc/fstab\"")), "/few")!;
        Assert.Equal(
            ["deeper_one", "others", "parts", "pattern", "rx", "set", "unlikely", "whole"],
            few.Lenses.Select(Path.GetFileNameWithoutExtension));
        Assert.Equal("/few\0/etc/fstab\0/etc/mdadm.conf\0/etc/mdadm/mdadm.conf\0", few.ToTexts());
    }

    [Fact]
    public void Where_two_have_one_name_or_none_is_for_the_files_all_are_used()
    {
        const string Text = "module A = autoload xfm let f = incl \"/etc/fstab\"";
        Assert.Null(FewLenses.Choose(Plan((Place + "/a.aug", Text), ("/usr/share/augeas/lenses/a.aug", Text)), "/few"));
        Assert.Null(FewLenses.Choose(Plan((Place + "/a.aug", "module A = autoload xfm let f = incl \"/etc/hosts\"")), "/few"));
    }

    private static FilePlan Plan(params (string Path, string Text)[] files)
    {
        FilePlanBuilder builder = new();
        foreach ((string path, string text) in files)
        {
            builder.Add(PlanEntries.File(path, new BytesContent(Encoding.UTF8.GetBytes(text))));
        }

        return builder.Build();
    }

    // In which order is left to chance.
    private string[] Ask(string lenses, string flags, string expression) =>
        [.. Command.Run(directory.File("judge"), directory.File("root"), lenses, flags, expression)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
}
