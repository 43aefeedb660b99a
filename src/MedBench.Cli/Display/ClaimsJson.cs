using MedBench.Claims.Claims;
using MedBench.Claims.Snapshots;
using MedBench.Core.Text;

namespace MedBench.Cli.Display;

/// <summary>Claims for programs.</summary>
internal static class ClaimsJson
{
    public static void Write(IEnumerable<ClaimVerdict> verdicts) => Console.Out.Write(StrictJson.Write(verdicts.Select(View)));

    public static void Write(IEnumerable<SnapshotCheck> checks, IReadOnlyList<string> orphans) => Console.Out.Write(StrictJson.Write(new
    {
        Claims = checks.Select(c => new { Claim = View(c.Verdict), AsAccepted = c.Passes, Differences = c.Differences.Select(d => d.ToString()) }),
        Orphans = orphans,
    }));

    private static object View(ClaimVerdict v) => new
    {
        v.Id,
        v.Statement,
        v.Claim.Entry.Source,
        v.Claim.Kind,
        Evidence = v.Claim.EvidenceText,
        v.Claim.Sentence,
        Primary = v.Claim.IsPrimary,
        v.Outcome,
        v.Reason,
        v.Used,
        v.Needed,
        v.Test,
        v.Effect,
        v.Interval,
        v.EquivalenceInterval,
        v.P,
        v.CorrectedP,
        v.Ahead,
        v.Bayes,
        OrgansMerged = v.OrgansMerged is { } merged ? new { merged.Outcome, merged.Effect, merged.Interval } : null,
        v.ShareOfChoices,
        v.Capture,
        v.Heterogeneity,
        v.Suspects,
        v.LeftOut,
        v.Units,
        v.Settings,
        v.Audit,
        Cells = v.Cells.Select(c => new { c.Key.Id, Published = c.Published?.Mean, Seeds = c.Seeds, c.Verdict.Kind, c.Verdict.Gap, c.Verdict.Reason }),
        Missing = v.Missing.Count,
        v.Deviations,
        v.Caveats,
        v.RulesHash,
    };
}
