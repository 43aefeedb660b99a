using System.Globalization;
using System.Text;

namespace MedBench.Claims.Claims;

/// <summary>Whether a claim could be decided, before anything is run.</summary>
/// <param name="Claim">Its id.</param>
/// <param name="CanBeDecided">Whether anything at all could decide it: enough pairs, seeds and printed numbers are declared.</param>
/// <param name="AtZeroGap">
/// Whether the declared seeds would decide it were there no gap at all: "reproduced" for printed numbers, "equivalent" for a comparison. Null where no spread is known.
/// </param>
/// <param name="Smallest">The smallest margin that they could decide at zero gap, or half the 95 % interval of a comparison as it stands, a fraction; null where no spread is known.</param>
/// <param name="Margin">The margin of the rules, a fraction; null for a comparison of several metrics.</param>
/// <param name="Seeds">Seeds of each cell, the fewest: declared for our runs, at hand for others'.</param>
/// <param name="SeedsNeeded">Seeds of ours that would do at zero gap, of the printed number that needs most; null where none would, or nothing is known.</param>
/// <param name="Reason">In words.</param>
public sealed record ClaimPower(string Claim, bool CanBeDecided, bool? AtZeroGap, double? Smallest, double? Margin, int Seeds, int? SeedsNeeded, string Reason)
{
    /// <summary>Header of <see cref="Csv"/>.</summary>
    private const string Header = "claim,can-be-decided,at-zero-gap,smallest,margin,seeds,seeds-that-would";

    /// <summary>What is kept of it, <c>expected-results/power.csv</c>: fractions to four digits.</summary>
    public static string Csv(IEnumerable<ClaimPower> powers)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var p in powers)
            text.Append(CultureInfo.InvariantCulture, $"{p.Claim},{(p.CanBeDecided ? "yes" : "no")},{p.AtZeroGap switch { true => "yes", false => "no", null => "" }},{p.Smallest:0.0000},{p.Margin:0.0000},{p.Seeds},{p.SeedsNeeded}\n");
        return text.ToString();
    }
}
