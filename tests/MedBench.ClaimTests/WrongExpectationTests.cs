namespace MedBench.ClaimTests;

/// <summary>The tests themselves are run on tampered expectations, in a process of their own: they must turn red, and only those that are concerned.</summary>
[Collection(ClaimCollection.Name)]
public sealed class WrongExpectationTests
{
    private const string Cell = "yang2023/breastmnist/from-scratch/resnet18.cifar/28/acc/tier-cpu";

    [Fact]
    public void PublishedNumber_MadeWrong_TurnsItsCellAndItsClaimRed()
    {
        using var expected = new ExpectedFolder();
        Misprint(expected);

        var run = SelfTest.Run(expected, $"DisplayName~{Cell}|DisplayName~yang2023/table/best-auc/breastmnist/acc|DisplayName~yang2023/table/best-auc/retinamnist/acc");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("deviates: gap +29.47 points", run.Output);
        Assert.Contains("accepted with the published value 0.863000, now 0.563000", run.Output);
        Assert.Matches("Failed: +2\\b", run.Output);
        Assert.Matches("Skipped: +1\\b", run.Output);
        Assert.DoesNotMatch("Failed .*retinamnist", run.Output);
    }

    [Fact]
    public void Records_LeftOutByRecompute_DecideNothing()
    {
        using var expected = new ExpectedFolder();
        Misprint(expected);

        var cell = SelfTest.Run(expected, $"DisplayName~{Cell}", ("MEDBENCH_RECOMPUTE", "1"));

        Assert.Equal(0, cell.ExitCode);
        Assert.Contains("| time | 1 | not run; it would take about", File.ReadAllText(expected.Summary));
    }

    [Fact]
    public void SnapshotRange_MadeWrong_TurnsItsClaimRedAndSaysHowFarOff()
    {
        using var expected = new ExpectedFolder();
        expected.Edit("wu2025/snapshots/on-doerrich2025_end-to-end-beats-linear-probing_224_acc.verified.json", "\"effect\":{\"low\":0.", "\"effect\":{\"low\":0.9");

        var run = SelfTest.Run(expected, "DisplayName~wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/acc");

        Assert.Equal(1, run.ExitCode);
        Assert.Matches("effect: measured 0[.][0-9]+, accepted range 0[.]9[0-9]+ to 0[.][0-9]+, outside by -0[.][0-9]+", run.Output);
    }

    // A table that somebody typed in before there is an experiment or a claim.
    [Fact]
    public void PublishedNumber_ThatNothingDeclares_SkipsAndSaysSo()
    {
        using var expected = new ExpectedFolder();
        expected.Append("papers.csv", "new2027,A paper,,medmnist2d");
        expected.Append("models.csv", "new2027,ResNet-18,resnet18.a1_in1k,cnn,");
        expected.Write("new2027/results.csv", "dataset,method,model,resolution,metric,mean,std,ddof,n,unit,source,extraction,variant\nbreastmnist,end-to-end,resnet18.a1_in1k,224,acc,88.5,,,3,percent,Table 1,typed,\n");

        var run = SelfTest.Run(expected, "DisplayName~new2027");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("no experiment declares it", File.ReadAllText(expected.Summary), StringComparison.Ordinal);
    }

    // The printed number, and the authors' single runs behind it: one that does not fit the other is refused.
    private static void Misprint(ExpectedFolder expected)
    {
        expected.Edit("yang2023/results.csv", "breastmnist,from-scratch,resnet18.cifar,28,acc,0.863,", "breastmnist,from-scratch,resnet18.cifar,28,acc,0.563,");
        foreach (string run in (string[])["acc,,1,0.8717949", "acc,,2,0.8717949", "acc,,3,0.8461538"]) expected.Edit("yang2023/runs.csv", run, run.Replace("0.8", "0.5"));
    }
}
