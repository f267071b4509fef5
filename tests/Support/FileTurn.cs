namespace Guestfs.TestSupport;

/// <summary>What only one of the test processes that run at the same time may do.</summary>
internal static class FileTurn
{
    /// <summary>Waits until no other process has the turn.</summary>
    /// <param name="path">The file that stands for it; its directory is made.</param>
    /// <returns>To be disposed of; it also ends with the process, however that ends.</returns>
    internal static IDisposable Take(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(200));
            }
        }
    }
}
