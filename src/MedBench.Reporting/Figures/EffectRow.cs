using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Figures;

/// <summary>One effect of an <see cref="EffectPlot"/>. Effects are fractions.</summary>
/// <param name="Label">What it is about, in a few words.</param>
/// <param name="Note">A second, smaller line; empty for none.</param>
/// <param name="Effect">The effect; positive is as claimed, or above what is printed.</param>
/// <param name="Low">Lower 95 % limit.</param>
/// <param name="High">Upper 95 % limit.</param>
/// <param name="Kind">What kind of evidence it rests on.</param>
/// <param name="IsTransfer">Whether that evidence is of another protocol, encoder or dataset than the sentence is about.</param>
/// <param name="Outcome">What follows.</param>
internal sealed record EffectRow(string Label, string Note, double Effect, double Low, double High, EvidenceKind Kind, bool IsTransfer, ClaimOutcome Outcome)
{
    /// <summary>A claim; null where it has no effect with an interval.</summary>
    internal static EffectRow? Of(ReportedClaim claim, string label, string note) =>
        claim is { EffectSize: { } effect, Interval: { } interval } ? new EffectRow(label, note, effect, interval.Low, interval.High, claim.Kind, claim.IsTransfer, claim.State) : null;
}

/// <summary>Effects under one heading.</summary>
/// <param name="Heading">Empty for none.</param>
/// <param name="Rows">In order.</param>
internal sealed record EffectBlock(string Heading, IReadOnlyList<EffectRow> Rows);
