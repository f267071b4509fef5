namespace Guestfs.Generator.Emit;

/// <summary>One kind of output: a pure function from the model to files.</summary>
internal interface IEmitter
{
    /// <summary>The folder, relative to the repository, that holds this emitter's files.</summary>
    string Folder { get; }

    /// <summary>Whether the folder holds nothing else, so that a file there that nothing generates any more is deleted.</summary>
    bool OwnsFolder => true;

    /// <summary>File names in the folder, and their contents.</summary>
    IEnumerable<(string File, string Content)> Emit();
}
