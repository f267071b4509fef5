// A program in qemu's place tries what a qemu would try that was taken over, and reports what it could do: the kernel is the judge.
using Guestfs.TestSupport;
using Guestfs.Tests.Support;

using Xunit;

namespace Guestfs.Tests.Launching;

public sealed class ConfinementTests : IDisposable
{
    private const string Done = "done";
    private readonly FakeLaunch fake = new();
    private readonly TempDirectory home = new();

    public void Dispose()
    {
        home.Dispose();
        fake.Dispose();
    }

    [Theory]
    [InlineData(Confinement.Files)]
    [InlineData(Confinement.Full)]
    public void What_a_qemu_that_was_taken_over_can_do(Confinement confinement)
    {
        File.WriteAllText(home.File("key"), "secret");
        string intruder = Intruder(
            ("read a key", $"open(\"{home.File("key")}\", O_RDONLY)"),
            ("write into a home", $"open(\"{home.File("new")}\", O_WRONLY | O_CREAT, 0600)"),
            ("remove a key", $"unlink(\"{home.File("key")}\")"),
            ("list a home", $"open(\"{home.Path}\", O_RDONLY | O_DIRECTORY)"),
            ("read the users", "open(\"/etc/passwd\", O_RDONLY)"),
            ("write to /var/tmp", "open(\"/var/tmp\", O_RDWR | O_TMPFILE, 0600)"),
            ("read another process", "open_of(getppid(), \"environ\")"),
            ("peek into another process", "process_vm_readv(getppid(), 0, 0, 0, 0, 0)"),
            ("end another process", "kill(getppid(), 0)"),
            ("connect", "connect_to(AF_INET)"),
            ("send", "socket(AF_INET6, SOCK_DGRAM, 0)"),
            ("talk to the kernel's configuration", "socket(AF_NETLINK, SOCK_RAW, 0)"),
            ("run io_uring", "syscall(SYS_io_uring_setup, 1, &(char[120]){0})"),
            ("load a program into the kernel", "syscall(SYS_bpf, 99, 0, 0)"),
            ("mount", "mount(\"none\", \"/mnt\", \"tmpfs\", MS_REMOUNT, 0)"),

            // And what it is to be able to do.
            ("read its libraries", "open(\"/usr/lib\", O_RDONLY | O_DIRECTORY)"),
            ("make a temporary file", "temporary()"),
            ("read a random number", "open(\"/dev/urandom\", O_RDONLY)"),
            ("make a socket of the host", "socket(AF_UNIX, SOCK_STREAM, 0)"),

            // The last one, because without confinement there is no way back.
            ("run a program", "execl(\"/bin/true\", \"true\", (char *) 0)"));

        Dictionary<string, string> confined = Report(intruder, confinement, out ConfinementChoice choice);
        Assert.Equal((confinement, intruder), (choice.Confinement, Hypervisor));
        Assert.Equal(
            [
                "read a key: EACCES", "write into a home: EACCES", "remove a key: EACCES", "list a home: EACCES", "read the users: EACCES",
                "write to /var/tmp: EACCES", "read another process: EACCES", "peek into another process: EPERM",
                "end another process: EPERM", "connect: EAFNOSUPPORT", "send: EAFNOSUPPORT",
                "talk to the kernel's configuration: EAFNOSUPPORT",
                "run io_uring: EPERM", "load a program into the kernel: EPERM", "mount: EPERM",
                "read its libraries: done", "make a temporary file: done", "read a random number: done",
                "make a socket of the host: done", "run a program: EACCES",
            ],
            confined.Select(attempt => $"{attempt.Key}: {attempt.Value}"));
        Assert.True(File.Exists(home.File("key")));

        // The same without: what was refused above was refused for this reason.
        Dictionary<string, string> free = Report(intruder, Confinement.None, out choice);
        Assert.Equal(Confinement.None, choice.Confinement);
        Assert.All(
            [
                "read a key", "write into a home", "remove a key", "list a home", "read the users", "write to /var/tmp",
                "end another process", "send",
            ],
            attempt => Assert.Equal(Done, free[attempt]));
        Assert.False(free.ContainsKey("run a program"));
    }

    [Fact]
    public void A_disk_may_be_read_or_written_and_no_more_than_that()
    {
        string[] made = [.. ((string[])["own", "read-only", "base", "other"]).Select(home.File)];
        Array.ForEach(made, file => File.WriteAllBytes(file, new byte[4096]));
        Command.Run("qemu-img", "create", "-f", "qcow2", "-b", "base", "-F", "raw", home.File("overlay"));

        // A guest can write into a raw image what looks like the header of another one.
        File.Copy(home.File("overlay"), home.File("forged"));
        Command.Run("qemu-img", "rebase", "-u", "-b", home.File("other"), "-F", "raw", home.File("forged"));
        string[] names = ["own", "read-only", "overlay", "base", "forged", "other"];
        string intruder = Intruder([.. from name in names
            from mode in (string[])["O_RDONLY", "O_RDWR"]
            select ($"{name} {mode}", $"open(\"{home.File(name)}\", {mode})")]);

        Dictionary<string, string> report = Report(intruder, Confinement.Files, out _, handle =>
        {
            handle.AddDrive(home.File("own"), new() { Format = "raw" });
            handle.AddDrive(home.File("read-only"), new() { Format = "raw", ReadOnly = true });
            handle.AddDrive(home.File("overlay"), new() { Format = "qcow2" });
            handle.AddDrive(home.File("forged"), new() { Format = "raw" });
        });

        Assert.Equal(
            [
                "own O_RDONLY: done", "own O_RDWR: done", "read-only O_RDONLY: done", "read-only O_RDWR: EACCES", "overlay O_RDONLY: done",
                "overlay O_RDWR: done", "base O_RDONLY: done", "base O_RDWR: EACCES", "forged O_RDONLY: done", "forged O_RDWR: done",
                "other O_RDONLY: EACCES", "other O_RDWR: EACCES",
            ],
            report.Select(attempt => $"{attempt.Key}: {attempt.Value}"));
    }

    [Fact]
    public void The_network_is_open_to_a_handle_that_has_one()
    {
        string intruder = Intruder(("connect", "connect_to(AF_INET)"), ("send", "socket(AF_INET, SOCK_DGRAM, 0)"));
        Dictionary<string, string> report =
            Report(intruder, Confinement.Files, out ConfinementChoice choice, handle => handle.SetNetwork(true));
        Assert.Equal(("ECONNREFUSED", Done), (report["connect"], report["send"]));
        Assert.Contains("and the network", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_confined_is_told_or_refused()
    {
        // An argument of the user's can name any file.
        string intruder = Intruder(("read the users", "open(\"/etc/passwd\", O_RDONLY)"));
        GuestfsLaunchException e = Fail(intruder, Confinement.Full, handle => handle.Config("-echr", "1"));
        Assert.Equal(LaunchFailure.ConfinementUnavailable, e.Failure);
        Assert.Contains("-echr", e.Message, StringComparison.Ordinal);

        // By default that is no reason to fail: the real qemu runs with its filter, and ends because the kernel is none.
        using GuestfsHandle open = fake.Handle(FakeLaunch.Qemu, new() { Accelerator = Accelerator.Tcg });
        open.Config("-echr", "1");
        Assert.NotEqual(LaunchFailure.ConfinementUnavailable, Assert.Throws<GuestfsLaunchException>(open.Launch).Failure);
        Assert.Equal(Confinement.SystemCalls, open.ConfinementChoice!.Confinement);
        Assert.Contains("-echr", open.ConfinementChoice.Reason, StringComparison.Ordinal);

        // A script may run anything, and a qemu without the option cannot filter.
        e = Fail(fake.Script("exit 1"), Confinement.Files);
        Assert.Equal(LaunchFailure.ConfinementUnavailable, e.Failure);
        e = Fail(fake.Script("exit 1", always: "case \"$*\" in *-sandbox*-version) exit 1;; esac"), Confinement.SystemCalls);
        Assert.Equal(LaunchFailure.ConfinementUnavailable, e.Failure);
    }

    // A kernel without Landlock, or with it turned off or denied by a container; and one that gives it up half-way.
    [Theory]
    [InlineData("SYS_landlock_create_ruleset", "ENOSYS", "no Landlock")]
    [InlineData("SYS_landlock_create_ruleset", "EOPNOTSUPP", "no Landlock")]
    [InlineData("SYS_landlock_restrict_self", "EPERM", "error 001")]
    public void A_host_that_lacks_Landlock(string call, string error, string reason)
    {
        Command.Require("gcc", "dotnet");
        string source = fake.FileName("without.c"), program = fake.FileName("without");
        File.WriteAllText(source, $$"""
            #include <errno.h>
            #include <linux/filter.h>
            #include <linux/seccomp.h>
            #include <stddef.h>
            #include <sys/prctl.h>
            #include <sys/syscall.h>
            #include <unistd.h>
            int main(int argc, char **argv)
            {
              struct sock_filter code[] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, {{call}}, 0, 1),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | {{error}}),
                BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
              };
              struct sock_fprog filter = { sizeof code / sizeof *code, code };
              if (argc < 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter))
                return 1;
              return execv(argv[1], argv + 1);
            }
            """);
        Command.Run("gcc", "-o", program, source);
        string[] child = ChildProcess.CommandLine("confinement");

        string told = Command.TryRun(program, child, ChildEnvironment()).Output;
        Assert.StartsWith("SystemCalls: ", told, StringComparison.Ordinal);
        Assert.Contains(reason, told, StringComparison.Ordinal);
        Assert.StartsWith("Full: ", Command.TryRun(child[0], child[1..], ChildEnvironment()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_from_which_no_program_can_be_run()
    {
        using SmallFilesystem cache = new("8m");
        Command.Run("mount", "-o", "remount,noexec", cache.Directory);
        string told = ChildProcess.Run(["confinement"], ChildEnvironment(cache.Directory)).Output;
        Assert.StartsWith("SystemCalls: ", told, StringComparison.Ordinal);
        Assert.Contains(cache.Directory, told, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> ChildEnvironment(string? cache = null) => new()
    {
        ["LIBGUESTFS_BACKEND"] = "direct",
        ["LIBGUESTFS_BACKEND_SETTINGS"] = "force_tcg",
        ["LIBGUESTFS_PATH"] = fake.Directory,
        ["LIBGUESTFS_CACHEDIR"] = cache ?? home.Path,
        ["LIBGUESTFS_HV"] = FakeLaunch.Qemu,
    };

    private string? Hypervisor { get; set; }

    private GuestfsLaunchException Fail(string hypervisor, Confinement confinement, Action<GuestfsHandle>? prepare = null)
    {
        using GuestfsHandle handle = fake.Handle(hypervisor, new() { Accelerator = Accelerator.Tcg, Confinement = confinement });
        prepare?.Invoke(handle);
        return Assert.Throws<GuestfsLaunchException>(handle.Launch);
    }

    private Dictionary<string, string> Report(
        string intruder, Confinement confinement, out ConfinementChoice choice, Action<GuestfsHandle>? prepare = null)
    {
        using GuestfsHandle handle = fake.Handle(intruder, new() { Accelerator = Accelerator.Tcg, Confinement = confinement });
        prepare?.Invoke(handle);
        System.Text.StringBuilder console = new();
        handle.ConsoleOutputReceived += (_, e) => console.Append(e.Text);
        GuestfsLaunchException failure = Assert.Throws<GuestfsLaunchException>(handle.Launch);
        Assert.DoesNotContain("/var/tmp/guestfs-", failure.Message, StringComparison.Ordinal);
        Hypervisor = handle.GetHv();
        choice = handle.ConfinementChoice!;
        return console.ToString().Split('\n').Select(line => line.TrimEnd().Split(": ")).Where(parts => parts is [_, _])
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }

    // It is the real qemu for all questions about features.
    private string Intruder(params (string Name, string Attempt)[] attempts)
    {
        Command.Require("gcc");
        string source = fake.FileName("intruder.c"), program = fake.FileName("intruder");
        string list = string.Concat(attempts.Select(a =>
            $"  errno = 0; result = {a.Attempt}; printf(\"{a.Name}: %s\\n\", result >= 0 ? \"done\" : strerrorname_np(errno));\n"));
        File.WriteAllText(source, $$"""
            #define _GNU_SOURCE
            #include <errno.h>
            #include <fcntl.h>
            #include <netinet/in.h>
            #include <signal.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>
            #include <sys/mount.h>
            #include <sys/socket.h>
            #include <sys/syscall.h>
            #include <sys/uio.h>
            #include <unistd.h>
            __attribute__((unused)) static long connect_to(int family)
            {
              struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(1), .sin_addr = { htonl(INADDR_LOOPBACK) } };
              int s = socket(family, SOCK_STREAM, 0);
              return s < 0 ? s : connect(s, (struct sockaddr *) &to, sizeof to);
            }
            __attribute__((unused)) static long open_of(int process, const char *name)
            {
              char path[64];
              snprintf(path, sizeof path, "/proc/%d/%s", process, name);
              return open(path, O_RDONLY);
            }
            __attribute__((unused)) static long temporary(void)
            {
              char path[4096];
              snprintf(path, sizeof path, "%s/vl.XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/var/tmp");
              int file = mkstemp(path);
              return file < 0 || write(file, path, 1) != 1 || ftruncate(file, 4096) ? -1 : unlink(path);
            }
            int main(int argc, char **argv)
            {
              long result;
              int machine = 0;
              for (int i = 1; i < argc; i++)
                machine |= !strcmp(argv[i], "-append");
              if (!machine) {
                argv[0] = "{{FakeLaunch.Qemu}}";
                execv(argv[0], argv);
              }
              setbuf(stdout, NULL);
            {{list}}
              return 1;
            }
            """);
        Command.Run("gcc", "-o", program, source);
        return program;
    }
}
