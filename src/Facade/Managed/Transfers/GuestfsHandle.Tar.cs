// Archives that never lie anywhere: what the appliance's tar writes is read here entry by entry, and the other way.
using System.Formats.Tar;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Guestfs;

public sealed partial class GuestfsHandle
{
    /// <summary>Reads a guest directory as entries of a tar archive, without blocking and without holding more than a piece
    /// of it.</summary>
    /// <param name="directory">Guest directory to pack; names of entries are relative to it.</param>
    /// <param name="options">Optional arguments; no compression.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The entries. The <see cref="TarEntry.DataStream"/> of one can be read until the next is asked for. Each enumeration packs
    /// anew.</returns>
    /// <exception cref="GuestfsException">While enumerating: the directory cannot be packed.</exception>
    /// <exception cref="InvalidDataException">While enumerating: that is no archive; options ask for compression, for example.</exception>
    /// <exception cref="OperationCanceledException">While enumerating: it was cancelled.</exception>
    /// <remarks>
    /// <para>The names and targets of links are the guest's: do not make files of them without checking; <see cref="Extract"/> does.
    /// Ending the enumeration early stops the transfer. No other call of the handle runs meanwhile.</para>
    /// <para>guestfs(3): <c>guestfs_tar_out</c>.</para>
    /// </remarks>
    public IAsyncEnumerable<TarEntry> ReadTarAsync(
        string directory, TarOutOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return ReadTar(directory, options, cancellationToken);
    }

    /// <summary>Writes an archive entry by entry, which the appliance unpacks into a guest directory meanwhile.</summary>
    /// <param name="directory">Existing, writable guest directory.</param>
    /// <param name="write">Writes the entries. What it throws, the task fails with; what came before may be unpacked.</param>
    /// <param name="options">Optional arguments; no compression.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>A task that ends when all is unpacked.</returns>
    /// <exception cref="GuestfsException">The archive cannot be unpacked there.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// <para>No other call of the handle runs meanwhile: one that is made in <paramref name="write"/>, and waited for, waits for
    /// ever.</para>
    /// <para>guestfs(3): <c>guestfs_tar_in</c>.</para>
    /// </remarks>
    public async Task WriteTarAsync(
        string directory, Func<TarWriter, Task> write, TarInOptions options = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(write);
        Pipe pipe = new();
        Task transfer = SendTar(pipe.Reader, directory, options, cancellationToken);
        Exception? failure = null;
        try
        {
            Stream stream = pipe.Writer.AsStream(leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true);
                await using (writer.ConfigureAwait(false))
                {
                    await write(writer).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await pipe.Writer.CompleteAsync(failure).ConfigureAwait(false);

            // An archive that nobody unpacks cannot be written any further: why, the transfer knows.
            if (failure is null || transfer.IsCompleted)
            {
                await transfer.ConfigureAwait(false);
            }
            else
            {
                await transfer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async IAsyncEnumerable<TarEntry> ReadTar(
        string directory, TarOutOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Pipe pipe = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task transfer = ReceiveTar(pipe.Writer, directory, options, stop.Token);
        bool whole = false;
        try
        {
            Stream stream = pipe.Reader.AsStream(leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                TarReader reader = new(stream, leaveOpen: true);
                await using (reader.ConfigureAwait(false))
                {
                    while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                    {
                        yield return entry;
                    }
                }

                // tar fills its last block.
                await stream.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
                whole = true;
            }
        }
        finally
        {
            if (!whole)
            {
                await stop.CancelAsync().ConfigureAwait(false);
            }

            await pipe.Reader.CompleteAsync().ConfigureAwait(false);
            await transfer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await transfer.ConfigureAwait(false);
    }

    /// <summary>Packs a directory into a pipe, which ends with that, and with its failure: nobody waits at the other end.</summary>
    internal async Task ReceiveTar(PipeWriter writer, string directory, TarOutOptions options, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            Stream stream = writer.AsStream(leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                await TarOutAsync(directory, stream, options, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private async Task SendTar(PipeReader reader, string directory, TarInOptions options, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            Stream stream = reader.AsStream(leaveOpen: true);
            await using (stream.ConfigureAwait(false))
            {
                await TarInAsync(stream, directory, options, cancellationToken: cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            await reader.CompleteAsync(failure).ConfigureAwait(false);
        }
    }
}
