using MedBench.Claims.Scoring;
using MedBench.Reporting.Scores;

namespace MedBench.Cli.Display;

/// <summary>The parts of a <see cref="ScoreSheet"/> on the terminal.</summary>
internal static class BreakdownView
{
    public static void Write(ScoreSheet sheet)
    {
        var scores = ScoreTables.All(sheet);
        foreach (var score in scores)
        {
            string name = Path.GetFileName(score.File);
            if (score.ByClass is { } classes)
            {
                Console.Out.WriteLine($"{name} by class:");
                Listing.Write(ScoreTables.Classes(score, classes));
            }
            foreach (var table in score.By)
            {
                Console.Out.WriteLine($"{name} by {table.By}:");
                Listing.Write(ScoreTables.Parts(score, table));
                Console.Out.WriteLine($"{name}, recall by {table.By} and class:");
                Listing.Write(ScoreTables.Recalls(score, table));
            }
        }
        if (scores[0].ByClass is not null) Console.Out.WriteLine(ScoreTables.AboutClasses);
        if (scores[0].By.Count > 0) Console.Out.WriteLine(ScoreTables.AboutParts);
        if (scores[0].ByClass is not null || scores[0].By.Count > 0) Console.Out.WriteLine(ScoreTables.IntervalsOfParts(scores[0].OverGroups is not null));
    }
}
