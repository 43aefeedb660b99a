using MedBench.Runs.Experiments;

namespace MedBench.Runs.Planning;

/// <summary>Cuts what is missing of some cells into shards. The same cells, results and limit give the same plan.</summary>
/// <param name="index">Finished runs.</param>
/// <param name="cost">Estimates.</param>
public sealed class Planner(ResultsIndex index, CostModel cost)
{
    /// <summary>The shards, from 1. Cells that share features stay together; a cell that is too long for a shard is cut by seed.</summary>
    /// <param name="cells">Cells in order, each once.</param>
    /// <param name="limit">How many shards, or how long.</param>
    public IReadOnlyList<Shard> Cut(IEnumerable<ExperimentCell> cells, ShardLimit limit)
    {
        var blocks = Blocks(cells);
        // More shards than whole cells, or a cell above the average: only its seeds can balance the plan.
        double most = limit.Count is { } count ? blocks.Sum(b => b.Seconds) / count : limit.Seconds;
        blocks = [.. blocks.SelectMany(b => b.CanSplit && b.Seconds > most ? BySeed(b) : [b])];

        var oversize = blocks.Where(b => b.Seconds > limit.Seconds).ToList();
        var rest = blocks.Except(oversize).ToList();
        var packed = limit.Count is { } shards ? Packing.Spread(rest, shards) : Packing.Fit(rest, limit.Seconds);
        return [.. oversize.Select(b => (List<WorkBlock>)[b]).Concat(packed)
            .Select((shard, i) => Shard(i + 1, shard, oversize: i < oversize.Count))];
    }

    private List<WorkBlock> Blocks(IEnumerable<ExperimentCell> cells) =>
        [.. cells
            .Select((cell, order) => (Cell: cell with { Seeds = index.Missing(cell) }, Order: order))
            .Where(c => c.Cell.Seeds.Count > 0)
            .GroupBy(c => RunWork.Of(c.Cell.Run).Features > 0 ? c.Cell.FeatureGroup : c.Cell.Id)
            .Select(group => Block(group.First().Order, [.. group.Select(c => c.Cell)]))];

    private IEnumerable<WorkBlock> BySeed(WorkBlock block) =>
        block.Cells[0].Seeds.Select(seed => Block(block.Order, [block.Cells[0] with { Seeds = [seed] }]));

    private WorkBlock Block(int order, IReadOnlyList<ExperimentCell> cells) =>
        new(order, cells, cost.Seconds(cells.Select(c => (c, c.Seeds.Count))));

    // Neighbours of the experiments stay neighbours: they share the open dataset. Seeds of one cell come together again.
    private Shard Shard(int number, IEnumerable<WorkBlock> blocks, bool oversize)
    {
        var cached = new HashSet<string>(StringComparer.Ordinal);
        PlannedCell[] cells = [.. blocks
            .OrderBy(b => b.Order)
            .SelectMany(b => b.Cells)
            .GroupBy(c => c.Id)
            .Select(same => same.First() with { Seeds = [.. same.SelectMany(c => c.Seeds)] })
            .Select(c => new PlannedCell(c.Id, c.Run.ProtocolHash, c.Seeds, Math.Round(cost.Seconds(c, c.Seeds.Count, cached), 3)))];
        return new Shard(number, cells.Sum(c => c.Seconds), oversize, cells);
    }
}
