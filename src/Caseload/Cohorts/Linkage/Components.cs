namespace Caseload.Cohorts.Linkage;

/// <summary>Says which things belong together, from pairs of those that do (union-find with path halving).</summary>
internal sealed class Components
{
    private readonly int[] parent;

    internal Components(int count) => parent = [.. Enumerable.Range(0, count)];

    /// <summary>The smallest thing that belongs together with this one.</summary>
    internal int Find(int thing)
    {
        while (parent[thing] != thing)
        {
            parent[thing] = parent[parent[thing]];
            thing = parent[thing];
        }

        return thing;
    }

    /// <summary>Puts two things together.</summary>
    internal void Join(int one, int other)
    {
        var (a, b) = (Find(one), Find(other));
        if (a != b) parent[Math.Max(a, b)] = Math.Min(a, b);
    }

    /// <summary>Takes a thing out of what it belongs to. Everything that belongs together must be taken out.</summary>
    internal void Release(int thing) => parent[thing] = thing;
}
