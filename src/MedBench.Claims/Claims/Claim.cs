using MedBench.Claims.Published;
using MedBench.Runs.Cells;

namespace MedBench.Claims.Claims;

/// <summary>One claim of a paper, with every choice made.</summary>
/// <param name="Id">Paper and name, of <c>[a-z0-9/.-]</c>, for example <c>wu2025/vits-beat-cnns/acc</c>.</param>
/// <param name="Paper">Who makes it.</param>
/// <param name="Entry">What its file says, <see cref="ClaimEntry.Where"/> with the values of <see cref="ClaimEntry.ForEach"/>.</param>
/// <param name="Location">File, line and column.</param>
public sealed record Claim(string Id, string Paper, ClaimEntry Entry, string Location)
{
    /// <summary>What is claimed in one sentence: the rows of one sentence, and of one dataset where there is one for each, are ways of meaning it.</summary>
    public required string Sentence { get; init; }

    /// <summary>The way in which the sentence is meant, as the id ends with it but for the dataset: <c>as-described/auc</c>; empty where there is one way.</summary>
    public required string Row { get; init; }

    /// <summary>Whether its outcome is the sentence's. The others are secondary.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>Whose numbers it is tested on.</summary>
    public required EvidenceSource Evidence { get; init; }

    /// <summary>Whose numbers stand in place of the printed ones; null for those.</summary>
    public EvidenceSource? Against { get; init; }

    /// <summary>In words.</summary>
    public string Statement => Entry.Statement;

    /// <summary>How it is tested.</summary>
    public ClaimKind Kind => Entry.Kind;

    /// <summary>Whether it is about printed numbers, and not about an order among them.</summary>
    public bool IsOnCells => Kind is ClaimKind.Cells or ClaimKind.Cell;

    /// <summary>Whether it is about the images of a data file, and not about scores.</summary>
    public bool IsOnAudit => Kind == ClaimKind.Audit;

    /// <summary>Whether a paper's sentence is tested on what another protocol found.</summary>
    public bool IsTransfer => !IsOnCells && (Entry.Transfer || (Evidence.Of is { } of && of != Paper));

    /// <summary>The evidence in words: <c>transfer of independent:pecco2026</c>.</summary>
    public string EvidenceText => (IsTransfer ? $"transfer of {Evidence}" : $"{Evidence}") + (Against is null ? "" : $" against {Against}");

    /// <summary>Weights that were tested.</summary>
    public TestedWeights Weights => Entry.Weights;
}
