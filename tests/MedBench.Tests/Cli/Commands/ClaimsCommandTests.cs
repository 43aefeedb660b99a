using System.Text;
using System.Text.Json;

namespace MedBench.Tests.Cli.Commands;

/// <summary><c>medbench claims</c> as a user meets it, on a copy of <c>expected-results</c>.</summary>
public sealed class ClaimsCommandTests : IDisposable
{
    private const string Claim = "wu2025/on-doerrich2025/end-to-end-beats-linear-probing/224/auc";

    private readonly TestFolder _folder = new();

    public ClaimsCommandTests()
    {
        string source = Repository.File("expected-results");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            _folder.Write(Path.Combine("expected-results", Path.GetRelativePath(source, file)), File.ReadAllBytes(file));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_AllClaims_EndsWithTheirTally()
    {
        var output = await Run("claims", "list", "--all");

        Assert.Equal(0, output.ExitCode);
        Assert.Matches(@"(?m)^wu2025/6-dinov2-b-dermamnist-auc/as-described +primary +not run ", output.Out);
        Assert.Matches(@"\d+ claims, \d+ decided: \d+ holds, .*\d+ seen, \d+ not seen, .*\d+ inconclusive, \d+ not run; of \d+ rows \(datasets, and ways of meaning a sentence\) \d+ decided", output.Out);
    }

    [Fact]
    public async Task List_OfAPaper_ShowsWhatIsKnown_AndCountsTheRest()
    {
        string known = (await Run("claims", "list", "yang2023")).Out, all = (await Run("claims", "list", "yang2023", "--all")).Out;

        Assert.DoesNotMatch("(?m)^yang2023/.* not run ", known);
        Assert.Matches(@"(?m)^yang2023/table/best-auc/breastmnist/acc +primary +consistent ", known);
        int missing = all.Split('\n').Count(line => line.StartsWith("yang2023/", StringComparison.Ordinal) && line.Contains(" not run ", StringComparison.Ordinal));
        Assert.Contains($"and {missing} rows of which nothing is known yet (not run): --all lists them, too", known, StringComparison.Ordinal);
        // Where nothing is known of any, they are what is asked for.
        Assert.Matches("(?m)^wu2025/6-dinov2-b-dermamnist-auc/as-described +primary +not run ", (await Run("claims", "list", "wu2025/6-dinov2")).Out);
    }

    [Theory]
    [InlineData("--results")]
    [InlineData("--experiments")]
    [InlineData("--expected")]
    public async Task List_FolderMistyped_IsAnErrorThatNamesTheNearest(string option)
    {
        var output = await Run("claims", "list", option, "expected-result");

        Assert.Equal(2, output.ExitCode);
        Assert.Contains($"{option} expected-result: there is no such folder", output.Err, StringComparison.Ordinal);
        Assert.Contains("did you mean 'expected-results'?", output.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_CellOfAPrintedNumber_SaysWhatIsKnownAndWhatWouldSettleIt()
    {
        var output = await Run("claims", "show", "yang2023/breastmnist/from-scratch/resnet18.cifar/28");

        Assert.Equal(0, output.ExitCode);
        foreach (string line in (string[])["printed: 86.30 ± 1.48 % of 3 runs (Table 3)", "ours: 8", "verdict: ", "others: 86.79 ± 1.25 % of 5 runs (yang2023-official-script", "settle it: ", "claim: yang2023/table/best-auc/breastmnist/acc: ", "printed: 90.10"])
            Assert.Contains($"\n{line}", output.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_CellAsJson_HasTheScoresWithoutTwins()
    {
        var output = await Run("claims", "show", "yang2023/breastmnist/from-scratch/resnet18.cifar/28", "--json");

        Assert.Equal(0, output.ExitCode);
        using var cells = JsonDocument.Parse(output.Out);
        Assert.Equal(["acc", "auc"], cells.RootElement.EnumerateArray().Select(c => c.GetProperty("metric").GetString()));
        var acc = cells.RootElement[0];
        Assert.Equal(0.863, acc.GetProperty("printed").GetProperty("mean").GetDouble());
        var twins = acc.GetProperty("scores").GetProperty("twinFree");
        Assert.Equal(156, twins.GetProperty("with").GetProperty("images").GetInt32() + twins.GetProperty("without").GetProperty("images").GetInt32());
        Assert.InRange(twins.GetProperty("accDifference").GetProperty("value").GetDouble(), 0, 1);
        Assert.Contains(acc.GetProperty("claims").EnumerateArray(), c => c.GetProperty("id").GetString() == "yang2023/table/best-auc/breastmnist/acc");
    }

    [Fact]
    public async Task Show_PartOfOneId_ShowsWordsCellsAndVerdict()
    {
        var output = await Run("claims", "show", Claim);
        var several = await Run("claims", "show", "wu2025");

        Assert.Equal(0, output.ExitCode);
        Assert.Contains("verdict: seen: mean difference +2.00 points, 95 % interval +0.50 to +3.50, over 12 datasets", output.Out, StringComparison.Ordinal);
        Assert.Contains("evidence: transfer of published:doerrich2025\n", output.Out, StringComparison.Ordinal);
        Assert.Contains("protocol differs: ", output.Out, StringComparison.Ordinal);
        Assert.Equal(2, several.ExitCode);
        Assert.Contains("claims have 'wu2025' in their id", several.Err, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NumberThatMoved_FailsUntilItIsAccepted()
    {
        var untouched = await Run("claims", "verify", "yang2023/table/best-auc");
        Assert.Equal(0, untouched.ExitCode);
        Assert.EndsWith("all as accepted\n", untouched.Out, StringComparison.Ordinal);

        string csv = _folder.File("expected-results/yang2023/results.csv");
        string text = File.ReadAllText(csv).Replace("breastmnist,from-scratch,resnet18.cifar,28,acc,0.863,", "breastmnist,from-scratch,resnet18.cifar,28,acc,0.853,", StringComparison.Ordinal);
        _folder.Write("expected-results/yang2023/results.csv", Encoding.UTF8.GetBytes(text));
        // The authors' single runs behind it, too: a mean that does not fit them is refused.
        string runs = File.ReadAllText(_folder.File("expected-results/yang2023/runs.csv")).Replace("acc,,1,0.8717949", "acc,,1,0.8417949");
        _folder.Write("expected-results/yang2023/runs.csv", Encoding.UTF8.GetBytes(runs));
        var moved = await Run("claims", "verify", "yang2023/table/best-auc");
        Assert.Equal(2, moved.ExitCode);
        Assert.Matches("(?m)^DIFFERS +yang2023/table/best-auc/breastmnist", moved.Out);
        Assert.Contains("accepted with the published value 0.863000, now 0.853000", moved.Out, StringComparison.Ordinal);

        var accepted = await Run("claims", "accept", "yang2023/table/best-auc");
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("0.863", accepted.Out, StringComparison.Ordinal);
        Assert.Contains("1 snapshot accepted", accepted.Out, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("claims", "verify", "yang2023/table/best-auc")).ExitCode);
        Assert.Contains("0 snapshots accepted", (await Run("claims", "accept", "yang2023/table/best-auc")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_SnapshotOfNoClaim_Fails()
    {
        _folder.Write("expected-results/wu2025/snapshots/gone.verified.json", "{}"u8);

        var output = await Run("claims", "verify");

        Assert.Equal(2, output.ExitCode);
        Assert.Matches(@"ORPHAN .*gone\.verified\.json", output.Out);
    }

    [Theory]
    [InlineData("claims", "verify", "no-such-claim")]
    [InlineData("claims", "list", "--expected", "nowhere")]
    public async Task Claims_WhatIsNotThere_IsNamedWithAFix(params string[] arguments)
    {
        var output = await Run(arguments);

        Assert.Equal(2, output.ExitCode);
        Assert.Contains(arguments[^1], output.Err, StringComparison.Ordinal);
        Assert.Contains("fix: ", output.Err, StringComparison.Ordinal);
    }

    private Task<MedBenchOutput> Run(params string[] arguments) => MedBenchProcess.RunAsync(_folder, arguments);
}
