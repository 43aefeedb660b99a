using MedBench.Claims.Verdicts;
using MedBench.ClaimTests.Requirements;
using MedBench.Core.Text;
using Xunit.Sdk;

namespace MedBench.ClaimTests;

/// <summary>What a verdict on a cell means for its test.</summary>
internal static class CellOutcome
{
    public static void Check(JudgedCell cell)
    {
        Summary.Add(cell);
        string line = $"{cell.Key}: {cell.Verdict.Kind.Words()}: {cell.Verdict.Reason} (printed: {cell.Published?.Source})";
        switch (cell.Verdict.Kind)
        {
            case VerdictKind.Reproduced or VerdictKind.KnownDeviation:
                return;
            case VerdictKind.Deviates or VerdictKind.StaleKnownDeviation:
                throw new XunitException(line);
            case VerdictKind.Consistent or VerdictKind.Inconsistent or VerdictKind.Inconclusive:
                Summary.Skip(Reasons.For(Requirement.Evidence, Session.Current.Book.ClaimOn(cell.Key)?.Id ?? cell.Key.Id, detail: cell.Verdict.Kind == VerdictKind.Inconsistent ? $"warning: {cell.Verdict.Reason}" : cell.Verdict.Reason));
                return;
            default:
                throw new XunitException($"{line}: a published cell that was run must have a verdict");
        }
    }
}
