using MedBench.Runs.Store;
using MedBench.Tests.Runs.Store;

namespace MedBench.FaultWorker;

/// <summary>Computes the cells of a store one after the other, and leaves a mark whenever it begins and ends one.</summary>
internal sealed class Cells(string store, string log, TimeSpan work)
{
    // Long enough that storing takes a while.
    private static readonly string s_text = new('x', 1 << 20);

    public void Run(int count)
    {
        Directory.CreateDirectory(log);
        var results = new ResultsStore(store, TimeSpan.FromSeconds(3));
        for (int seed = 0; seed < count; seed++)
        {
            var spec = Samples.Spec(seed);
            results.GetOrRun(spec, () => Compute(spec));
        }
    }

    private RunOutput Compute(RunSpec spec)
    {
        Mark(spec, "begun");
        Thread.Sleep(work);
        Mark(spec, "done");
        return Samples.Output(spec) with { Log = s_text };
    }

    private void Mark(RunSpec spec, string what) => File.Create(Path.Combine(log, $"{spec.Id}.{Environment.ProcessId}.{Guid.NewGuid():N}.{what}")).Dispose();
}
