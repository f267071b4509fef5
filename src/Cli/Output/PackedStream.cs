// Archives are packed on this host: where the appliance is emulated, its programs take ten times as long.
using System.Diagnostics;
using System.IO.Compression;

using Guestfs.Appliances.Archives;
using Guestfs.Interop;

using SharpCompress.Compressors.ZStandard;

namespace Guestfs.Cli.Output;

/// <summary>Packs what is written to it, by a program of this host.</summary>
internal sealed class PackedStream : WriteOnlyStream
{
    private const int ZstdLevel = 3;

    private readonly Process program;
    private readonly Thread copying;
    private readonly List<string> said = [];
    private Exception? failure;

    private PackedStream(string file, string name, Stream target)
    {
        program = Process.Start(new ProcessStartInfo(file, ["-c"])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Name = name;
        program.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                said.Add(text);
            }
        };
        program.BeginErrorReadLine();
        copying = new Thread(() => Copy(target)) { IsBackground = true, Name = "gfs packing" };
        copying.Start();
    }

    private string Name { get; }

    /// <summary>A stream whose bytes come packed to another; null if nothing on this host can do that.</summary>
    /// <param name="compression">How: as libguestfs calls it.</param>
    /// <param name="target">Where to. It is not disposed with the result, which has written all when <see cref="Finish"/> returns.</param>
    internal static Stream? TryOpen(string compression, Stream target)
    {
        switch (compression)
        {
            case "gzip":
                return new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
            case "zstd":
                return new CompressionStream(target, ZstdLevel, leaveOpen: true);
            default:
                // .NET as the first process of a container would collect libguestfs' children, too, once it has had one.
                return compression is "xz" or "bzip2" or "lzop" && Environment.ProcessId != 1
                    && HostProgram.Find(compression, ProcessInput.Variable("PATH")) is { } file
                        ? new PackedStream(file, compression, target)
                        : null;
        }
    }

    /// <summary>Writes the rest of what one of these streams has.</summary>
    /// <exception cref="IOException">The program has failed, or its bytes could not be written.</exception>
    internal static void Finish(Stream packed)
    {
        if (packed is not PackedStream { program: var program } own)
        {
            packed.Dispose();
            return;
        }

        program.StandardInput.Close();
        own.copying.Join();
        program.WaitForExit();
        if (own.failure is { } failure)
        {
            throw new IOException(failure.Message, failure) { HResult = failure.HResult };
        }

        if (program.ExitCode != 0)
        {
            throw new IOException($"{own.Name} ended with {program.ExitCode}: {string.Join(' ', own.said)}");
        }
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            program.StandardInput.BaseStream.Write(buffer);
        }
        catch (IOException) when (failure is not null)
        {
            throw new IOException(failure.Message, failure) { HResult = failure.HResult };
        }
    }

    public override void Flush() => program.StandardInput.BaseStream.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!program.HasExited)
            {
                program.Kill();
            }

            copying.Join();
            program.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Copy(Stream target)
    {
        try
        {
            program.StandardOutput.BaseStream.CopyTo(target);
        }
        catch (IOException e)
        {
            // Then what writes to the program must not wait for it.
            failure = e;
            program.Kill();
        }
    }
}
