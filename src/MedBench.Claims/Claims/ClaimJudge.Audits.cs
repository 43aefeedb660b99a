using MedBench.Claims.Verdicts;
using MedBench.Data.Audits;
using MedBench.Data.Datasets;

namespace MedBench.Claims.Claims;

public sealed partial class ClaimJudge
{
    // A count is no sample: there is nothing to test, and of another version of the data it shows what is there, not that the source is wrong.
    private ClaimVerdict OnAudit(Claim claim)
    {
        var (asked, card) = (claim.Entry.Audit!, DatasetCatalog.Get(claim.Entry.Where.Dataset!));
        var blank = new ClaimVerdict(claim, ClaimOutcome.NotRun, $"{AuditCatalog.Absence(card)}; make it with: {AuditCatalog.CommandFor(card)}", 0, 1, _rules.Hash) { Caveats = Caveats(claim, []) };
        if (AuditCatalog.Find(card) is not { } audit) return blank;
        int found = asked.Count.In(audit);
        return blank with
        {
            Outcome = found >= asked.AtLeast ? ClaimOutcome.Holds : claim.IsTransfer ? ClaimOutcome.NotSeen : ClaimOutcome.Contradicted,
            Reason = $"the audit of the {audit.Size} px file of {card.Name} counts {found} {asked.Count.Noun()}, and the sentence is true from {asked.AtLeast} on{(asked.Printed is { } printed ? $"; its source prints {printed}" : "")}",
            Test = $"count in an audit by its rules, version {audit.Rules.Version}",
            Used = 1,
            Audit = new AuditedCount(audit.Size, found, asked.Printed),
        };
    }

    private static ClaimPower PowerOnAudit(Claim claim) =>
        new(claim.Id, true, null, null, null, 0, null, "a count in the audit of a data file: no seed is needed");
}
