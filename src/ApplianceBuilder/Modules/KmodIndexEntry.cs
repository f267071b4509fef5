namespace Guestfs.Appliances.Modules;

/// <summary>A line of an index.</summary>
/// <param name="Key">What is looked up. May hold <c>*</c>, <c>?</c> and <c>[]</c>.</param>
/// <param name="Value">What is found.</param>
/// <param name="Priority">Among the values of a key, those with small numbers come first.</param>
internal readonly record struct KmodIndexEntry(string Key, string Value, int Priority);
