namespace MedBench.Data.Datasets;

/// <summary>Things that belong together because a chain of pairs connects them.</summary>
internal sealed class DisjointSets<T>
    where T : notnull
{
    private readonly Dictionary<T, T> _parent = [];

    /// <summary>Puts the sets of two things together.</summary>
    public void Join(T first, T second) => _parent[Root(second)] = Root(first);

    /// <summary>Whether a thing was joined or asked for.</summary>
    public bool Contains(T thing) => _parent.ContainsKey(thing);

    /// <summary>The same one of the set for every thing in it.</summary>
    public T Root(T thing)
    {
        _parent.TryAdd(thing, thing);
        while (!_parent[thing].Equals(thing)) thing = _parent[thing] = _parent[_parent[thing]];
        return thing;
    }
}
