using System.Text.Json;
using MedBench.Claims.Published;
using MedBench.Claims.Verdicts;
using MedBench.Core.Text;
using MedBench.Reporting.Model;
using MedBench.Runs.Cells;
using MedBench.Runs.Store;
using MedBench.Tests.Runs.Store;

namespace MedBench.Tests.Reporting.Model;

public sealed class ResultTableTests
{
    private static readonly VerdictRules s_rules = VerdictRules.Load();
    private static readonly PublishedResults s_published = PublishedResults.Load();
    private static readonly CellKey s_cifar = new("yang2023", "breastmnist", "from-scratch", "resnet18.cifar", 28, Metric.Acc);
    private static readonly CellKey s_knn = new("doerrich2025", "breastmnist", "knn", "resnet18.a1_in1k", 64, Metric.Acc);

    [Fact]
    public void Rows_OneCell_HasARowPerSeedAndAClosingRow()
    {
        var table = Table([JudgedCell.Of(s_cifar, Runs(0.86, 0.87, 0.85), s_published, s_rules)]);

        var rows = table.Rows().ToList();

        Assert.Equal(4, rows.Count);
        Assert.Equal(["0", "1", "2", "3 seeds"], rows.Select(r => r.Fields[1]));
        Assert.Equal("86.00 ± 1.00", rows[3].Fields[2]);
        Assert.Equal("86.30 ± 1.48 (n = 3)", rows[3].Fields[3]);
        Assert.Equal("-0.30 (-0.2 s)", rows[3].Fields[4]);
        Assert.Equal(VerdictKind.Consistent, rows[3].Verdict);
        Assert.All(rows, r => Assert.Equal(ResultTable.Columns.Count, r.Fields.Count));
    }

    [Fact]
    public void Of_DeterministicCell_IsJudgedByRounding()
    {
        double printed = s_published.Find(s_knn)!.Mean;

        Assert.Equal(VerdictKind.Reproduced, JudgedCell.Of(s_knn, Runs(Math.Round(printed * 156) / 156), s_published, s_rules).Verdict.Kind);
        Assert.Equal(VerdictKind.Inconclusive, JudgedCell.Of(s_knn, Runs((Math.Round(printed * 156) + 1) / 156), s_published, s_rules).Verdict.Kind);
    }

    [Fact]
    public void Of_NothingRunOrPublished_StaysInTheTable()
    {
        var table = Table([
            JudgedCell.Of(s_cifar, [], s_published, s_rules),
            JudgedCell.Of(s_cifar with { Paper = "wu2025" }, Runs(0.9), s_published, s_rules)]);

        Assert.Equal(["not run", "unpublished"], table.Rows().Where(r => r.Verdict is not null).Select(r => r.Fields[5]));
        Assert.StartsWith("1 unpublished, 1 not run", table.SummaryLines().First());
    }

    [Fact]
    public void Of_UndefinedAuc_RunIsLeftOut()
    {
        var run = Run(0.9, 0) with { Metrics = new Dictionary<string, SplitResult> { ["test"] = new(0.9, null, "why", null, null, []) } };

        Assert.Empty(JudgedCell.Of(s_cifar with { Metric = Metric.Auc }, [run], s_published, s_rules).Seeds);
    }

    [Fact]
    public void Legend_AnyTable_NamesTestMarginAlphaAndRules()
    {
        string legend = string.Join('\n', Table([]).Legend);

        Assert.Contains("two one-sided t tests at alpha 0.05", legend);
        Assert.Contains("acc ±2.00 points, auc ±1.00 points", legend);
        Assert.Contains($"rules 2, sha256 {s_rules.Hash}", legend);
    }

    [Fact]
    public void Caveats_PaperAndDataset_AppearOnce()
    {
        var derma = s_cifar with { Dataset = "dermamnist" };

        var caveats = Table([JudgedCell.Of(derma, [], s_published, s_rules), JudgedCell.Of(derma with { Metric = Metric.Auc }, [], s_published, s_rules)]).Caveats;

        Assert.Contains(caveats, c => c.StartsWith("yang2023: ", StringComparison.Ordinal));
        Assert.Contains(caveats, c => c.StartsWith("DermaMNIST (dermatoscope): ", StringComparison.Ordinal));
        Assert.Equal(caveats.Distinct(), caveats);
    }

    [Fact]
    public void Json_Export_KeepsFullPrecisionAndKinds()
    {
        using var json = JsonDocument.Parse(StrictJson.Write(Table([JudgedCell.Of(s_cifar, Runs(0.86, 0.87, 0.855), s_published, s_rules)])));

        var cell = json.RootElement.GetProperty("cells")[0];
        Assert.Equal("consistent", cell.GetProperty("verdict").GetProperty("kind").GetString());
        Assert.Equal(0.855, cell.GetProperty("seeds")[2].GetProperty("value").GetDouble());
        Assert.Equal(s_rules.Hash, cell.GetProperty("verdict").GetProperty("rulesHash").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("counts").GetProperty("consistent").GetInt32());
    }

    [Fact]
    public void Text_Export_AlignsColumns()
    {
        string[] lines = Table([JudgedCell.Of(s_cifar, Runs(0.86, 0.87, 0.85), s_published, s_rules)]).ToText().Split('\n');

        int header = Array.FindIndex(lines, l => l.StartsWith("cell ", StringComparison.Ordinal));
        int column = lines[header].IndexOf("ours %", StringComparison.Ordinal);
        Assert.StartsWith("86.00", lines[header + 1][column..]);
        Assert.StartsWith("86.00 ± 1.00", lines[header + 4][column..]);
    }

    private static ResultTable Table(JudgedCell[] cells) => ResultTable.Of("a title", cells, [RunEnvironment.Capture(TorchSharp.torch.CPU) with { Threads = 2, Libtorch = "2.10.0" }], s_rules);

    private static RunResult[] Runs(params double[] values) => [.. values.Select((v, seed) => Run(v, seed))];

    private static RunResult Run(double acc, long seed) =>
        Samples.Output(Samples.Spec(seed)).Result with { Metrics = new Dictionary<string, SplitResult> { ["test"] = new(acc, 0.9, null, null, null, []) } };
}
