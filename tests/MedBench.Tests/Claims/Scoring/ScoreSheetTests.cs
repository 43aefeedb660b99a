using System.Globalization;
using MedBench.Claims;
using MedBench.Claims.Scoring;
using MedBench.Claims.Verdicts;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.Runs.Store;

namespace MedBench.Tests.Claims.Scoring;

public sealed class ScoreSheetTests : IDisposable
{
    private static readonly DatasetCard s_breast = DatasetCatalog.Get("breastmnist");
    private readonly TestFolder _folder = new();

    // 42 malignant, then 114 others; the first ten of each kind are taken for the other.
    private static readonly int[] s_labels = [.. Enumerable.Range(0, 156).Select(i => i < 42 ? 0 : 1)];
    private static readonly double[] s_yes = [.. Enumerable.Range(0, 156).Select(i => i < 10 ? 0.9 - 0.01 * i : i < 42 ? 0.1 + 0.001 * i : i < 52 ? 0.2 + 0.001 * i : 0.7 + 0.001 * (i - 42))];

    [Fact]
    public void Of_ResultFile_HasAccuracyAucAndWhatTheyHide()
    {
        var score = ScoreSheet.Of([Csv("a.csv", s_yes)], s_breast, (s_labels, "test")).Files.Single();

        Assert.Equal(136 / 156.0, score.Acc, 1e-12);
        // Of 42 × 114 pairs: counted one by one.
        double auc = (from no in s_yes[..42] from yes in s_yes[42..] select yes > no ? 1.0 : yes == no ? 0.5 : 0).Average();
        Assert.Equal(auc, score.Auc!.Value, 1e-12);
        Assert.Equal([[32, 10], [10, 104]], score.Confusion!);
        Assert.InRange(score.Acc, score.AccPatients!.Value.Low, score.AccPatients.Value.High);
        Assert.InRange(score.Auc.Value, score.AucPatients!.Value.Low, score.AucPatients.Value.High);
        Assert.Equal(52, score.TwinFree!.With.Images);
        Assert.Equal(156, score.TwinFree.With.Images + score.TwinFree.Without.Images);
    }

    [Fact]
    public void Of_TiesInOneColumn_NamesTheOtherConvention()
    {
        double[] yes = [.. s_yes.Select(y => 0.999999 + 1e-9 * y)];
        string[] lines = [.. yes.Select((y, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{1 - y:R},{(float)Math.Round(y, 6):R}"))];

        var score = ScoreSheet.Of([WriteText("ties.csv", string.Join('\n', lines))], s_breast, (s_labels, "test")).Files.Single();

        Assert.Equal(0.5, score.Auc);
        Assert.NotEqual(score.Auc, score.AucOfBothColumns);
    }

    [Fact]
    public void Of_SeveralFiles_HasMeanSpreadAndEnsemble()
    {
        double[] right = [.. s_labels.Select(l => l == 1 ? 0.95 : 0.05)];

        var sheet = ScoreSheet.Of([Csv("a.csv", s_yes), Csv("b.csv", right)], s_breast, (s_labels, "test"));

        Assert.Equal((1 + 136 / 156.0) / 2, sheet.Mean!.Acc, 1e-12);
        Assert.Equal((1 - 136 / 156.0) / Math.Sqrt(2), sheet.Mean.AccStd, 1e-12);
        Assert.Equal(1, sheet.Ensemble!.Acc);
    }

    [Fact]
    public void Of_OurOwnPredictions_AreThoseOfTheRecord()
    {
        var record = new RecordsSource(Repository.Measured).Runs().First(r => r.PredictionsPath is not null && r.Result.Spec.Dataset == "breastmnist");

        var score = ScoreSheet.Of([record.PredictionsPath!], s_breast, null).Files.Single();

        Assert.Equal((record.Result.Metrics["test"].Acc, record.Result.Metrics["test"].Auc), (score.Acc, score.Auc));
    }

    [Fact]
    public void With_PrintedNumbers_JudgesTheFilesAsRuns()
    {
        var evidence = Book.Open(Repository.File("expected-results")).Evidence;
        var sheet = ScoreSheet.Of([Csv("a.csv", s_yes)], s_breast, (s_labels, "test")).With("yang2023/breastmnist/from-scratch/resnet18.cifar/28", evidence);

        Assert.Equal(["yang2023/breastmnist/from-scratch/resnet18.cifar/28/acc", "yang2023/breastmnist/from-scratch/resnet18.cifar/28/auc"], sheet.Against.Select(c => c.Cell));
        Assert.Equal(VerdictKind.Consistent, sheet.Against[0].Verdict.Kind);
        Assert.Throws<MedBenchException>(() => sheet.With("yang2023/retinamnist/from-scratch/resnet18.cifar/28", evidence));
        Assert.Contains("unknown printed number", Assert.Throws<MedBenchException>(() => sheet.With("yang2023/nothing", evidence)).Message);
    }

    [Theory]
    [InlineData("short", "has 155 rows; the test split of BreastMNIST (breast ultrasound) has 156 images")]
    [InlineData("nan", "score 0 of image 3 is not finite")]
    [InlineData("logit", "score 1 of image 0 is 1.7000, not from 0 to 1")]
    [InlineData("sum", "the scores of image 0 add up to 1.3000, not to 1")]
    [InlineData("order", "index 7 where 6 is due")]
    [InlineData("header", "the index 'id' is not a number")]
    [InlineData("comma", "the score '0x1' is not a number")]
    [InlineData("wide", "has 3 scores an image; BreastMNIST (breast ultrasound) has 2 classes")]
    [InlineData("ragged", "1 scores; the first row has 2")]
    public void Of_FileWithAFault_NamesIt(string fault, string message)
    {
        var lines = s_yes.Select((y, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{1 - y:R},{y:R}")).ToList();
        switch (fault)
        {
            case "short": lines.RemoveAt(155); break;
            case "nan": lines[3] = "3,nan,0.5"; break;
            case "logit": lines[0] = "0,-0.7,1.7".Replace("-0.7", "0.3"); break;
            case "sum": lines[0] = "0,0.8,0.5"; break;
            case "order": lines.RemoveAt(6); break;
            case "header": lines.Insert(0, "id,a,b"); break;
            case "comma": lines[0] = "0,0x1,0.5"; break;
            case "wide": lines = [.. lines.Select(l => l + ",0")]; break;
            default: lines[9] = "9,0.5"; break;
        }
        string file = WriteText("faulty.csv", string.Join('\n', lines));

        Assert.Contains(message, Assert.Throws<MedBenchException>(() => ScoreSheet.Of([file], s_breast, (s_labels, "test"))).Message);
    }

    [Theory]
    [InlineData("0\n1\n", "has 2 labels; the test split of BreastMNIST (breast ultrasound) has 156")]
    [InlineData("a\n", "labels.txt:1: 'a' is not a whole number")]
    public void Labels_WithAFault_NameIt(string text, string message) =>
        Assert.Contains(message, Assert.Throws<MedBenchException>(() => LabelFile.Read(WriteText("labels.txt", text), s_breast)).Message);

    [Fact]
    public void Labels_OutOfRange_AreNamed() => Assert.Contains(
        "label 2 of image 155 is outside 0 to 1",
        Assert.Throws<MedBenchException>(() => LabelFile.Read(WriteText("labels.txt", string.Join('\n', s_labels[..155].Append(2))), s_breast)).Message);

    public void Dispose() => _folder.Dispose();

    private string WriteText(string name, string text) => _folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Csv(string name, double[] yes) => WriteText(name, string.Join('\n', yes.Select((y, i) => string.Create(CultureInfo.InvariantCulture, $"{i},{1 - y:R},{y:R}"))) + "\n");
}
