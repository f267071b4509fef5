// How the library is found. Each test loads the bindings afresh, and the kernel's list of mapped files says what was loaded.
using System.Reflection;
using System.Runtime.Loader;

using Guestfs.TestSupport;

using Xunit;

namespace Guestfs.Interop.Tests;

public sealed class LibraryResolverTests
{
    [Fact]
    public void An_explicit_path_comes_first()
    {
        using TempDirectory directory = new();
        string copy = CopyLibrary(directory.File("explicit.so"));
        string other = CopyLibrary(directory.File("environment.so"));

        Resolve(explicitPath: copy, variable: other, out _);

        Assert.Contains(MappedFiles(), f => f == copy);
        Assert.DoesNotContain(MappedFiles(), f => f == other);
    }

    [Fact]
    public void The_environment_variable_comes_next()
    {
        using TempDirectory directory = new();
        string copy = CopyLibrary(directory.File("variable.so"));

        Resolve(explicitPath: null, variable: copy, out string? loadedFrom);

        Assert.Contains(MappedFiles(), f => f == copy);
        Assert.Equal(copy, loadedFrom);
    }

    // One test: the dynamic linker remembers a file of the application's folder even after it is gone.
    [Fact]
    public void Then_the_application_folder_and_last_the_dynamic_linker()
    {
        Resolve(explicitPath: null, variable: null, out string? loadedFrom);
        Assert.Equal("libguestfs.so.0", loadedFrom);

        string beside = CopyLibrary(Path.Combine(AppContext.BaseDirectory, "libguestfs.so.0"));
        try
        {
            Resolve(explicitPath: null, variable: null, out loadedFrom);

            Assert.Equal(beside, loadedFrom);
            Assert.Contains(MappedFiles(), f => f == beside);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    [Theory]
    [InlineData("/nowhere/libguestfs.so.0", null, "ExplicitPath")]
    [InlineData(null, "/nowhere/libguestfs.so.0", "GUESTFS_LIBRARY")]
    public void A_missing_library_is_named_with_the_place_and_the_packages(string? explicitPath, string? variable, string reason)
    {
        DllNotFoundException e = Assert.Throws<DllNotFoundException>(() => Resolve(explicitPath, variable, out _));

        Assert.Contains("libguestfs.so.0", e.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/libguestfs.so.0 "
            + $"({(explicitPath is null ? "environment variable GUESTFS_LIBRARY" : "GuestfsLibrary.ExplicitPath")}): no such file",
            e.Message,
            StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Contains("apt install libguestfs0", e.Message, StringComparison.Ordinal);
        Assert.Contains("dnf install libguestfs", e.Message, StringComparison.Ordinal);
        Assert.Contains("pacman -S libguestfs", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused_with_the_reason()
    {
        using TempDirectory directory = new();
        string file = directory.File("not-a-library.so");
        File.WriteAllText(file, new string('x', 4096));

        DllNotFoundException e = Assert.Throws<DllNotFoundException>(() => Resolve(file, null, out _));

        Assert.Contains("invalid ELF header", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_library_is_not_taken_for_it()
    {
        DllNotFoundException e = Assert.Throws<DllNotFoundException>(() => Resolve("libm.so.6", null, out _));

        Assert.Contains("libm.so.6 (GuestfsLibrary.ExplicitPath): this is not libguestfs", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_path_cannot_change_after_loading()
    {
        Type library = Fresh();
        library.GetMethod(nameof(GuestfsLibrary.Load))!.Invoke(null, null);

        TargetInvocationException e = Assert.Throws<TargetInvocationException>(
            () => library.GetProperty(nameof(GuestfsLibrary.ExplicitPath))!.SetValue(null, "/elsewhere"));
        Assert.IsType<InvalidOperationException>(e.InnerException);
    }

    private static void Resolve(string? explicitPath, string? variable, out string? loadedFrom)
    {
        Environment.SetEnvironmentVariable(GuestfsLibrary.EnvironmentVariable, variable);
        try
        {
            Type library = Fresh();
            library.GetProperty(nameof(GuestfsLibrary.ExplicitPath))!.SetValue(null, explicitPath);
            library.GetMethod(nameof(GuestfsLibrary.Load))!.Invoke(null, null);
            loadedFrom = (string?)library.GetProperty(nameof(GuestfsLibrary.LoadedFrom))!.GetValue(null);
        }
        catch (TargetInvocationException e) when (e.InnerException is DllNotFoundException inner)
        {
            throw inner;
        }
        finally
        {
            Environment.SetEnvironmentVariable(GuestfsLibrary.EnvironmentVariable, null);
        }
    }

    // A second copy of the bindings, with statics of its own.
    private static Type Fresh() =>
        new AssemblyLoadContext(null).LoadFromAssemblyPath(typeof(GuestfsLibrary).Assembly.Location)
            .GetType(typeof(GuestfsLibrary).FullName!, throwOnError: true)!;

    private static string CopyLibrary(string to)
    {
        File.Copy(InstalledLibrary.File, to, overwrite: true);
        return to;
    }

    private static string[] MappedFiles() => [.. File.ReadLines("/proc/self/maps")
        .Select(l => l.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
        .Where(p => p.Length == 6)
        .Select(p => p[5])
        .Distinct()];
}
