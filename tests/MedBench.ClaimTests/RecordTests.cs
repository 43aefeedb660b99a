using MedBench.Claims.Claims;
using MedBench.Claims.Store;
using MedBench.Claims.Verdicts;
using MedBench.ClaimTests.Requirements;
using MedBench.ClaimTests.Rows;
using MedBench.Data.Datasets;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.ClaimTests;

[Collection(ClaimCollection.Name)]
[Trait("Kind", "record")]
public sealed class RecordTests
{
    private const int Epochs = 2;

    public static IEnumerable<object[]> Records() => All.Select(r => new object[] { new RowId(r.Id) });

    // A whole run takes a quarter of an hour; of each dataset one is begun again.
    public static IEnumerable<object[]> OneADataset() => All.Where(r => r.Evaluations.Count > 0).DistinctBy(r => r.Spec.Dataset).Select(r => new object[] { new RowId(r.Id) });

    private static IEnumerable<RunResult> All => ClaimBook.Records(Path.Combine(Session.Root, "expected-results"));

    [Theory]
    [MemberData(nameof(Records))]
    public void Record_EachKept_BelongsToADeclaredCell(RowId id)
    {
        var spec = Record(id).Spec;

        Assert.Contains(Session.Current.Book.Experiments.SelectMany(e => e.Cells), c => c.Includes(spec));
    }

    // No verdict comes of two epochs; but they show that the record is what this code, on this data, computes.
    [ClaimTheory]
    [MemberData(nameof(OneADataset))]
    public void Record_BegunAgain_GoesTheSameWay(RowId id)
    {
        var record = Record(id);
        var cell = Session.Current.Book.Experiments.SelectMany(e => e.Cells).First(c => c.Includes(record.Spec));
        if (Claims.Experiments.CellObstacle.For(cell) is { } obstacle)
            throw new SkipException(Reasons.For(Requirement.Data, cell.Id, cell, obstacle.Reason));
        int threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(record.Environment.Threads);
            var now = FirstEpochs(cell.Run, (int)record.Spec.Seed);

            Assert.Equal(Epochs, now.Count);
            foreach (var (epoch, evaluation) in now.Index())
            {
                var recorded = record.Evaluations[epoch];
                Assert.True(Math.Abs(evaluation.ValidationLoss - recorded.Loss!.Value) <= 1e-3 * recorded.Loss.Value, $"epoch {epoch + 1}: loss {Show.Number(evaluation.ValidationLoss, 6)}, recorded {Show.Number(recorded.Loss.Value, 6)}");
                Assert.Equal(recorded.Acc, evaluation.ValidationAccuracy, 1e-9);
            }
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    private static RunResult Record(RowId id) => All.Single(r => r.Id == id);

    private static List<EpochRecord> FirstEpochs(RunConfiguration run, int seed)
    {
        using var dataset = ImageDataset.Open(run.Dataset, run.Size);
        using var stop = new CancellationTokenSource();
        var seen = new FirstEvaluations(stop);
        var request = new RunRequest(dataset, run, InitialWeights.Initialised, seed, torch.CPU);
        Assert.ThrowsAny<OperationCanceledException>(() => new MethodRunner(request, FeatureStore.Default).Run(progress: seen, cancel: stop.Token));
        return seen.Records;
    }

    private sealed class FirstEvaluations(CancellationTokenSource stop) : IProgress<RunStage>
    {
        public List<EpochRecord> Records { get; } = [];

        public void Report(RunStage value)
        {
            if (value.Training?.LastEvaluation is not { } last || Records.Count > last.Epoch)
                return;
            Records.Add(last);
            if (Records.Count == Epochs)
                stop.Cancel();
        }
    }
}
