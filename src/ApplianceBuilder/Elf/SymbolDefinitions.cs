namespace Guestfs.Appliances.Elf;

/// <summary>Who defines a symbol: the loader takes the first in the order in which it looks.</summary>
internal sealed class SymbolDefinitions
{
    private readonly Dictionary<string, List<(ElfObject Owner, DynamicSymbol Symbol)>> byName = new(StringComparer.Ordinal);
    private readonly HashSet<ElfObject> added = [];

    /// <summary>Adds all definitions of some objects, if they are not there yet.</summary>
    /// <exception cref="InvalidDataException">An object's symbols are damaged.</exception>
    internal void Add(IEnumerable<ElfObject> objects)
    {
        foreach (ElfObject owner in objects.Where(added.Add))
        {
            foreach (DynamicSymbol symbol in owner.Symbols.Where(symbol => symbol.IsDefined && symbol.IsGlobal))
            {
                if (!byName.TryGetValue(symbol.Name, out List<(ElfObject, DynamicSymbol)>? all))
                {
                    byName.Add(symbol.Name, all = []);
                }

                all.Add((owner, symbol));
            }
        }
    }

    /// <summary>The definition that a use of a symbol finds, or null.</summary>
    /// <param name="user">Whose use it is: one that copies data does not find its own copy.</param>
    /// <param name="use">The use.</param>
    /// <param name="order">The places of the objects that are looked at; others are not.</param>
    internal (ElfObject Owner, DynamicSymbol Symbol)? Find(ElfObject user, DynamicSymbol use, IReadOnlyDictionary<ElfObject, int> order)
    {
        (ElfObject Owner, DynamicSymbol Symbol)? first = null;
        int firstPlace = int.MaxValue;
        foreach ((ElfObject owner, DynamicSymbol symbol) in byName.GetValueOrDefault(use.Name) ?? [])
        {
            if (order.TryGetValue(owner, out int place) && place < firstPlace && !(use.IsCopy && owner == user)
                && owner.Satisfies(use, symbol))
            {
                first = (owner, symbol);
                firstPlace = place;
            }
        }

        return first;
    }

    /// <summary>The places of objects in a list.</summary>
    internal static Dictionary<ElfObject, int> Order(IEnumerable<ElfObject> scope)
    {
        Dictionary<ElfObject, int> order = [];
        foreach (ElfObject member in scope)
        {
            order.TryAdd(member, order.Count);
        }

        return order;
    }
}
