namespace MedBench.Runs.Progress;

/// <summary>Where a run stands, for whoever watches from another process. Numbers are null where there is none yet.</summary>
/// <param name="Id">Id of the run: its folder in the store, once it is finished.</param>
/// <param name="Dataset">For example <c>breastmnist</c>.</param>
/// <param name="Size">Pixels of the data file.</param>
/// <param name="Model">Full name with its tag.</param>
/// <param name="Method">For example <c>linear-probing</c>.</param>
/// <param name="Recipe">Name of the recipe.</param>
/// <param name="Subset">Training images used.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Stage">What it does, in words.</param>
/// <param name="Done">Images or iterations of the stage that are done.</param>
/// <param name="DoneBefore">Of these, what was done before this process began: a resumed run does not start at 0.</param>
/// <param name="Total">Images or iterations of the stage in all.</param>
/// <param name="Training">More, while training.</param>
/// <param name="Warnings">Signs of a run gone wrong.</param>
/// <param name="StartedUtc">When this process began the run.</param>
/// <param name="StageStartedUtc">When it began the stage.</param>
/// <param name="UpdatedUtc">When this was written: the heartbeat.</param>
public sealed record RunStatus(
    string Id,
    string Dataset,
    int Size,
    string Model,
    string Method,
    string Recipe,
    string Subset,
    long Seed,
    string Stage,
    long Done,
    long DoneBefore,
    long Total,
    TrainingStatus? Training,
    IReadOnlyList<string> Warnings,
    DateTimeOffset StartedUtc,
    DateTimeOffset StageStartedUtc,
    DateTimeOffset UpdatedUtc)
{
    /// <summary>Seconds until the stage is done, by its pace so far; null before anything is done.</summary>
    public double? SecondsLeft => Done > DoneBefore && Total >= Done
        ? (UpdatedUtc - StageStartedUtc).TotalSeconds * (Total - Done) / (Done - DoneBefore)
        : null;
}
