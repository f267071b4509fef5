namespace Guestfs.Appliances;

/// <summary>How far a build or check is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How much of the stage is done, in bytes or things as the stage says.</param>
/// <param name="Total">How much there is to do; 0 when that is not known.</param>
/// <param name="Item">What is being worked on: a file or a package.</param>
public readonly record struct ApplianceProgress(ApplianceStage Stage, long Done, long Total, string? Item = null);
