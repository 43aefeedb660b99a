namespace MedBench.Runs.Planning.Formats;

/// <summary>Turns a plan into what an existing engine runs.</summary>
public interface IPlanFormat
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Most shards that the engine takes at once.</summary>
    int MostShards { get; }

    /// <summary>Files beside <c>plan.json</c>.</summary>
    IReadOnlyList<PlanFile> Files(WorkPlan plan);
}
