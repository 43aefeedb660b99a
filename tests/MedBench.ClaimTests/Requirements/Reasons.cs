using MedBench.Claims;
using MedBench.Runs.Experiments;

namespace MedBench.ClaimTests.Requirements;

/// <summary>One reason for each requirement, each ending in the command that would decide the test.</summary>
public static class Reasons
{
    /// <summary>The reason.</summary>
    /// <param name="requirement">What is in the way.</param>
    /// <param name="subject">Id of the claim or cell.</param>
    /// <param name="cell">The cell that lacks it; null where there is none.</param>
    /// <param name="detail">What is known besides.</param>
    public static string For(Requirement requirement, string subject, ExperimentCell? cell = null, string detail = "") => requirement switch
    {
        Requirement.Data => $"data: {detail}. Decide it with: {Command(subject, cell, GetData)}",
        Requirement.Weights => $"weights: {detail}. Decide it with: {Command(subject, cell, GetWeights)}",
        Requirement.Gpu => $"gpu: not run; on a CPU it would take {detail}. Decide it with: {Command(subject, cell, c => $"{Book.CommandFor(c)} --device cuda")}",
        Requirement.Time => $"time: not run; it would take {detail}. Decide it with: {Command(subject, cell, c => Book.CommandFor(c))}",
        Requirement.Processor => $"processor: {detail}: only the same one repeats every bit. Compare all the same with: medbench retrace {subject}",
        Requirement.Evidence => $"evidence: {detail}. Look at it with: medbench claims show {subject}",
        Requirement.Protocol => $"protocol: no experiment declares it{detail}. Look at it with: medbench claims show {subject}",
        Requirement.Numbers => $"numbers: {detail}. Put them into results.csv, then: medbench claims verify {subject}",
        _ => throw new ArgumentOutOfRangeException(nameof(requirement), requirement, "no reason is written for it"),
    };

    /// <summary>The first word of a reason.</summary>
    public static string Group(string reason) => reason.Split(':')[0];

    private static string Command(string subject, ExperimentCell? cell, Func<ExperimentCell, string> command) =>
        cell is null ? $"medbench claims show {subject}" : command(cell);

    private static string GetData(ExperimentCell cell) => $"medbench data get {cell.Run.Dataset.Name} --size {cell.Run.Size}; {Book.CommandFor(cell)}";

    private static string GetWeights(ExperimentCell cell) => $"medbench models get {cell.Run.Model.Name}; {Book.CommandFor(cell)}";
}
