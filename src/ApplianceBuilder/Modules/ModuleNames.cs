// Names of modules and their aliases as they stand in the indexes, where '-' and '_' are the same.
using Guestfs.Appliances.Plan;

namespace Guestfs.Appliances.Modules;

/// <summary>Brings names into the form in which they are looked up.</summary>
internal static class ModuleNames
{
    /// <summary>The name of the module in a file.</summary>
    internal static string OfFile(string path)
    {
        string name = FilePlanBuilder.NameOf(path);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? name : name[..dot]).Replace('-', '_');
    }

    /// <summary>The alias to look up, in which ranges of characters keep their '-'; null when a bracket has no other.</summary>
    internal static string? OfAlias(string alias)
    {
        char[] result = alias.ToCharArray();
        for (int i = 0; i < result.Length; i++)
        {
            switch (result[i])
            {
                case '-':
                    result[i] = '_';
                    break;
                case ']':
                    return null;
                case '[':
                    i = alias.IndexOf(']', i);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
            }
        }

        return new string(result);
    }
}
