namespace Guestfs.Cli.Help;

/// <summary>Where an option stands in the help, in this order.</summary>
internal enum OptionGroup
{
    /// <summary>With the command's own.</summary>
    Own,

    /// <summary>How it writes.</summary>
    Output,

    /// <summary>Which disks, and how they are opened.</summary>
    Disks,

    /// <summary>How the appliance is run.</summary>
    Appliance,

    /// <summary>What an appliance is made of.</summary>
    Contents,

    /// <summary>The kernel of an appliance.</summary>
    Kernel,

    /// <summary>A repository of packages.</summary>
    Repository,
}
