using MedBench.Claims.Expected;
using MedBench.Claims.Trends;
using MedBench.Claims.Verdicts;
using MedBench.Reporting.Model;

namespace MedBench.Reporting.Building;

/// <summary>Orderings tested on a paper's printed table.</summary>
internal static class PublishedClaims
{
    internal static IEnumerable<ReportedClaim> Of(Paper paper, PublishedResults published, VerdictRules rules)
    {
        if (published.Values.Where(v => v.Key.Paper == paper.Name).Select(v => v.Key.Method).Distinct().Count() < 3) yield break;
        var trends = new PublishedTrends(published, paper.Name, rules);
        yield return Reported(paper, "vits-beat-cnns", "On end-to-end accuracy at 224 px, ViTs beat CNNs on average.", trends.VitsBeatCnns("end-to-end", 224, "acc"), rules);
        yield return Reported(paper, "end-to-end-beats-linear-probing", "End-to-end fine-tuning beats linear probing at 224 px.", trends.MethodBeats("end-to-end", "linear-probing", 224, "acc"), rules);
        yield return Reported(paper, "grows-with-resolution", "End-to-end accuracy grows with the resolution.", trends.GrowsWithResolution("end-to-end", "acc"), rules);
    }

    private static ReportedClaim Reported(Paper paper, string id, string statement, TrendVerdict verdict, VerdictRules rules)
    {
        var state = verdict.Cells < rules.MinimumPairs ? ClaimState.NotDecided : verdict.Kind switch
        {
            TrendKind.Holds => ClaimState.Holds,
            TrendKind.Contradicted => ClaimState.Contradicted,
            _ => ClaimState.Inconclusive,
        };
        return new ReportedClaim(
            $"{paper.Name}/{id}", paper.Name, statement, state, verdict.Reason, $"{Show.SignedPoints(verdict.Effect)} points", verdict.ImprovementInterval,
            verdict.ImprovementInterval is null ? "" : "P(better)", verdict.Cells, rules.MinimumPairs, [],
            [new Mark(MarkKind.PublishedNumbers, $"tested on the numbers that {paper.Name} prints, not on runs")]);
    }
}
