// Asks for what must not be seen. The terminal is asked, not standard input, which may be a script or contents; and it is told once not to
// show what is typed: between two keys that .NET's Console reads it would.
using Guestfs.Interop;

using Microsoft.Win32.SafeHandles;

namespace Guestfs.Cli.Guests;

/// <summary>A question whose answer the terminal does not show.</summary>
internal static class SecretPrompt
{
    private const string Terminal = "/dev/tty";

    /// <summary>Asks.</summary>
    /// <param name="question">What for.</param>
    /// <returns>The line that was typed; null if there is no terminal.</returns>
    internal static byte[]? TryAsk(string question)
    {
        SafeFileHandle terminal;
        try
        {
            terminal = File.OpenHandle(Terminal, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        using FileStream stream = new(terminal, FileAccess.ReadWrite, bufferSize: 0);
        int descriptor = (int)terminal.DangerousGetHandle();
        if (!TryGetSettings(descriptor, out termios shown))
        {
            return null;
        }

        termios hidden = shown;
        hidden.c_lflag &= ~Libc.ECHO;
        try
        {
            return Interruption.WhileAsking(
                () =>
                {
                    Set(descriptor, hidden);
                    stream.Write(LosslessUtf8.GetBytes($"{question} (what you type is not shown): "));
                    return ReadLine(stream);
                },
                () => Set(descriptor, shown));
        }
        finally
        {
            Set(descriptor, shown);
            stream.WriteByte((byte)'\n');
        }
    }

    private static unsafe bool TryGetSettings(int descriptor, out termios settings)
    {
        termios found;
        bool isTerminal = Libc.tcgetattr(descriptor, &found) == 0;
        settings = found;
        return isTerminal;
    }

    private static unsafe void Set(int descriptor, termios settings) => _ = Libc.tcsetattr(descriptor, Libc.TCSADRAIN, &settings);

    private static byte[] ReadLine(FileStream stream)
    {
        using MemoryStream line = new();
        for (int c = stream.ReadByte(); c is >= 0 and not '\n'; c = stream.ReadByte())
        {
            line.WriteByte((byte)c);
        }

        return line.ToArray();
    }
}
