namespace Guestfs.Generator.Model;

/// <summary>An input of the generator is wrong; the message says which and where.</summary>
internal sealed class ModelException(string message, Exception? inner = null) : Exception(message, inner);
