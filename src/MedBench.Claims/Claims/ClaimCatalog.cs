using MedBench.Claims.Published;
using MedBench.Core.Errors;
using MedBench.Runs.Papers;

namespace MedBench.Claims.Claims;

/// <summary>All claims of a folder like <c>expected-results</c>.</summary>
public static class ClaimCatalog
{
    private const string FileName = "/claims.yaml";

    /// <summary>Reads every <c>PAPER/claims.yaml</c>.</summary>
    /// <param name="published">Papers and their models.</param>
    /// <param name="folder">Null for the copy inside this assembly.</param>
    /// <exception cref="MedBenchException">A malformed file, or one in the folder of another paper.</exception>
    public static IReadOnlyList<Claim> Load(PublishedResults published, string? folder = null)
    {
        var files = ExpectedFiles.Open(folder);
        var claims = new List<Claim>();
        foreach (string path in files.Paths.Where(p => p.EndsWith(FileName, StringComparison.Ordinal)))
        {
            var found = ClaimFile.Parse(files.Text(path), files.Display(path), published);
            string paper = path[..^FileName.Length];
            if (found.FirstOrDefault(c => c.Paper != paper) is { } other)
                throw new MedBenchException($"{other.Location}: claims of {other.Paper} in the folder of {paper}", $"move the file to {other.Paper}{FileName}");
            claims.AddRange(found);
        }
        return claims;
    }

    /// <summary>The claims whose id contains <paramref name="filter"/>; all for null.</summary>
    /// <exception cref="MedBenchException">None does.</exception>
    public static IReadOnlyList<Claim> Matching(IReadOnlyList<Claim> claims, string? filter)
    {
        if (filter is null)
            return claims;
        Claim[] found = [.. claims.Where(c => c.Id.Contains(filter, StringComparison.Ordinal))];
        return found.Length > 0 ? found : throw new MedBenchException(
            $"no claim has '{filter}' in its id", Names.Nearest(filter, claims.Select(c => c.Id)) is { } near ? $"did you mean '{near}'?" : "see them all with: medbench claims list");
    }
}
