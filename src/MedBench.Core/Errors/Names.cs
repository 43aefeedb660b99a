namespace MedBench.Core.Errors;

/// <summary>Look-ups by name that help with a slip of the keyboard.</summary>
public static class Names
{
    /// <summary>The known name nearest to <paramref name="unknown"/> by edit distance, or null if none is near (more than a third of its length away).</summary>
    public static string? Nearest(string unknown, IEnumerable<string> known)
    {
        var best = known
            .Select(name => (name, distance: EditDistance(unknown.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(x => x.distance).ThenBy(x => x.name, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.name is not null && best.distance <= Math.Max(2, unknown.Length / 3) ? best.name : null;
    }

    /// <summary>The error for a name that is not known: says the nearest one, or lists all.</summary>
    /// <param name="kind">What the name should be, for example "dataset".</param>
    /// <param name="unknown">The name as given.</param>
    /// <param name="known">All known names.</param>
    public static MedBenchException Unknown(string kind, string unknown, IReadOnlyCollection<string> known) =>
        new($"unknown {kind} '{unknown}'", Nearest(unknown, known) is { } near
            ? $"did you mean '{near}'?"
            : $"known: {string.Join(", ", known.Order(StringComparer.Ordinal))}");

    // Levenshtein, one row at a time.
    private static int EditDistance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[b.Length];
    }
}
