using MedBench.Claims.Claims;
using MedBench.Claims.Experiments;
using MedBench.Claims.Store;
using MedBench.ClaimTests.Rows;
using MedBench.Data.Datasets;
using MedBench.Training.Engine;
using MedBench.Training.Features;
using MedBench.Training.Runs;
using TorchSharp;

namespace MedBench.ClaimTests;

/// <summary>
/// The beginning of each kept record is trained again on the real data: the whole run takes a quarter of an hour, but a change of code, data or
/// arithmetic shows in the first epochs already.
/// </summary>
[Trait("Kind", "record")]
public sealed class ReplayTests
{
    private const int Epochs = 2;

    // Kernels and threads sum in another order; ten steps of Adam make more of it.
    private const double LossTolerance = 0.02;

    public static IEnumerable<object[]> Records() => RecordTests.Records();

    [SkippableTheory]
    [MemberData(nameof(Records))]
    public void Record_TrainedAgain_BeginsAsItDid(RowId id)
    {
        var record = ClaimBook.Records(RecordTests.Folder).Single(r => r.Id == id);
        var cell = Session.Current.Book.Experiments.SelectMany(e => e.Cells).First(c => c.Includes(record.Spec));
        if (CellObstacle.For(cell) is { } obstacle) SkipTable.Skip($"{obstacle.Kind.ToString().ToLowerInvariant()}: {obstacle.Reason}. Decide it with: {obstacle.Command}");

        var again = Train(cell.Run, record);

        // One thread on the same processor adds in the same order: then every bit must be the same.
        bool exact = RunEnvironment.Capture(record.Environment.Threads, torch.__version__, "cpu") is var here && here.Cpu == record.Environment.Cpu && here.Libtorch == record.Environment.Libtorch;
        for (int i = 0; i < Epochs; i++)
        {
            var (then, now) = (record.Evaluations[i], again[i]);
            Assert.True(
                Math.Abs(then.Loss!.Value - now.ValidationLoss) <= (exact ? 0 : LossTolerance * then.Loss.Value),
                $"epoch {i + 1}: validation loss {now.ValidationLoss:R}, recorded {then.Loss:R} by {record.Environment.Version}");
            if (exact) Assert.Equal((then.Acc, then.Auc), (now.ValidationAccuracy, now.ValidationAuc));
        }
    }

    private static IReadOnlyList<EpochRecord> Train(RunConfiguration run, RunResult record)
    {
        int threads = torch.get_num_threads();
        string folder = Directory.CreateTempSubdirectory("medbench-replay-").FullName;
        try
        {
            torch.set_num_threads(record.Environment.Threads);
            using var dataset = ImageDataset.Open(run.Dataset, run.Size);
            var recipe = run.Recipe with { Methods = run.Recipe.Methods.ToDictionary(m => m.Key, m => m.Value with { Epochs = Epochs }) };
            var request = new RunRequest(dataset, run with { Recipe = recipe }, InitialWeights.Initialised, (int)record.Spec.Seed, torch.CPU);
            return new MethodRunner(request, new FeatureStore(folder)).Run().Training!.History;
        }
        finally
        {
            torch.set_num_threads(threads);
            Directory.Delete(folder, recursive: true);
        }
    }
}
