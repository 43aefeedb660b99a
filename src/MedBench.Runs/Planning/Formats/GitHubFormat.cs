using System.Text.Json;

namespace MedBench.Runs.Planning.Formats;

/// <summary>A matrix of GitHub Actions: <c>{"shard":[1,2,…]}</c>. A matrix has 256 jobs at most.</summary>
public sealed class GitHubFormat : IPlanFormat
{
    /// <inheritdoc/>
    public string Name => "github";

    /// <inheritdoc/>
    public int MostShards => 256;

    /// <summary>The matrix on one line, for <c>fromJSON</c>.</summary>
    public static string Matrix(WorkPlan plan) => JsonSerializer.Serialize(new { shard = plan.Shards.Select(s => s.Number) });

    /// <inheritdoc/>
    public IReadOnlyList<PlanFile> Files(WorkPlan plan) => [new("matrix.json", Matrix(plan) + "\n")];
}
