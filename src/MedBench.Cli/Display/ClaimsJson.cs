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
        v.Claim.Entry.Evidence,
        v.Outcome,
        v.Reason,
        v.Used,
        v.Needed,
        v.Test,
        v.Effect,
        v.P,
        v.Share,
        v.ShareInterval,
        v.Units,
        v.Settings,
        Cells = v.Cells.Select(c => new { c.Key.Id, Published = c.Published?.Mean, Seeds = c.Seeds, c.Verdict.Kind, c.Verdict.Gap, c.Verdict.Reason }),
        Missing = v.Missing.Count,
        v.Caveats,
        v.RulesHash,
    };
}
