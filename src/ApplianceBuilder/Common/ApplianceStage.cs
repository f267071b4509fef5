namespace Guestfs.Appliances;

/// <summary>What the builder is doing.</summary>
public enum ApplianceStage
{
    /// <summary>Reading package databases and the skeleton.</summary>
    Resolving,

    /// <summary>Downloading packages; counts bytes.</summary>
    Downloading,

    /// <summary>Unpacking archives; counts bytes of the archives.</summary>
    Unpacking,

    /// <summary>Writing kernel and initrd.</summary>
    WritingKernel,

    /// <summary>Writing the root filesystem; counts bytes.</summary>
    WritingRoot,

    /// <summary>Checking digests; counts bytes.</summary>
    Verifying,

    /// <summary>Writing a bundle in another form; counts bytes.</summary>
    Packing,
}
