// The measured calls in the managed API. The same list, under the same names, is in each runner.
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

using Guestfs.TestSurface;

using Microsoft.Extensions.Logging.Abstractions;

namespace Guestfs.Bench;

/// <summary>The managed API.</summary>
internal sealed class ManagedCalls : IDisposable
{
    private readonly GuestfsHandle g = new(new GuestfsHandleOptions { IgnoreEnvironment = true });

    private readonly GuestfsHandle busy = new(
        new GuestfsHandleOptions { IgnoreEnvironment = true, LoggerFactory = NullLoggerFactory.Instance });
    private readonly GuestfsHandle traced;

    internal ManagedCalls()
    {
        g.InternalTestSetOutput("/dev/null");
        busy.ProgressChanged += (_, _) => { };
        busy.RunAsync(h => h.GetVerbose()).GetAwaiter().GetResult();
        using ActivityListener listener = Listen();
        traced = new GuestfsHandle(new GuestfsHandleOptions { IgnoreEnvironment = true });
    }

    internal IReadOnlyDictionary<string, Action<int>> All => new Dictionary<string, Action<int>>
    {
        ["get_verbose"] = GetVerbose,
        ["set_verbose"] = SetVerbose,
        ["set_program"] = SetProgram,
        ["get_path"] = GetPath,
        ["version"] = Version,
        ["list_1000"] = List,
        ["hashtable_1000"] = Hashtable,
        ["structs_1000"] = Structs,
        ["optional"] = Optional,
        ["error"] = Error,
        ["create_close"] = CreateClose,
        ["plain_structs_1000"] = PlainStructs.Convert,
        ["get_verbose_async"] = GetVerboseOfBusyHandle,
        ["get_verbose_spans"] = GetVerboseWithSpans,
        ["throw"] = ExceptionCost.Throw,
    };

    public void Dispose()
    {
        g.Dispose();
        busy.Dispose();
        traced.Dispose();
    }

    private static ActivityListener Listen()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == GuestfsTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // A handle with a worker thread, a progress handler and a logger that is off.
    private void GetVerboseOfBusyHandle(int count)
    {
        for (int i = 0; i < count; i++)
        {
            busy.GetVerbose();
        }
    }

    private void GetVerboseWithSpans(int count)
    {
        using ActivityListener listener = Listen();
        for (int i = 0; i < count; i++)
        {
            traced.GetVerbose();
        }
    }

    private void GetVerbose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.GetVerbose();
        }
    }

    private void SetVerbose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.SetVerbose(false);
        }
    }

    private void SetProgram(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.SetProgram("benchmark");
        }
    }

    private void GetPath(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.GetPath();
        }
    }

    private void Version(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.Version();
        }
    }

    private void List(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.InternalTestRstringlist("1000");
        }
    }

    private void Hashtable(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.InternalTestRhashtable("1000");
        }
    }

    private void Structs(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.InternalTestRstructlist("1000");
        }
    }

    private void Optional(int count)
    {
        for (int i = 0; i < count; i++)
        {
            g.InternalTestOnlyOptargs(new InternalTestOnlyOptargsOptions { Test = 1 });
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031:Do not catch general exception types",
        Justification = "Only GuestfsException comes, but its filter is not what is measured.")]
    private void Error(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                g.InternalTestRinterr();
            }
            catch (Exception)
            {
            }
        }
    }

    private static void CreateClose(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using GuestfsHandle handle = new(new GuestfsHandleOptions { IgnoreEnvironment = true });
        }
    }
}
