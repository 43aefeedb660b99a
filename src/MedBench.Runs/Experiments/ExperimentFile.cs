using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Core.Files;
using MedBench.Core.Text;
using MedBench.Data.Datasets;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Runs.Papers;
using MedBench.Training.Recipes;
using MedBench.Training.Runs;

namespace MedBench.Runs.Experiments;

/// <summary>An experiment read from a file, and its cells.</summary>
public sealed class ExperimentFile
{
    private const string All = "all";
    private const string Fix = "compare it with the files under experiments/ or with schemas/experiment.schema.json";
    private static readonly string[] s_kinds = ["cnn", "vit"];
    private readonly YamlPlaces _places;
    private readonly PaperCatalog _papers;
    private readonly IReadOnlyDictionary<string, string>? _recipesAtHand;
    private readonly SortedSet<string> _passedOver = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DatasetCard> _datasets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Yaml, Recipe Recipe)> _recipes = new(StringComparer.Ordinal);

    private ExperimentFile(YamlPlaces places, PaperCatalog papers, IReadOnlyDictionary<string, string>? recipes)
    {
        (Experiment, _places, _papers, _recipesAtHand) = (StrictYaml.Read<Experiment>(places, Experiment.CurrentSchema, Fix), places, papers, recipes);
        Name = $"{Experiment.Paper}/{Path.GetFileNameWithoutExtension(File)}";
        At(["paper"], () => papers.Papers.Any(p => p.Name == Experiment.Paper) ? Experiment.Paper : throw Names.Unknown("paper", Experiment.Paper, [.. papers.Papers.Select(p => p.Name)]));
        Cells = Merge(Experiment.Grids.SelectMany(CellsOf));
    }

    /// <summary>Paper and file name without extension, for example <c>wu2025/benchmark</c>.</summary>
    public string Name { get; }

    /// <summary>What the file says.</summary>
    public Experiment Experiment { get; }

    /// <summary>Its path as given.</summary>
    public string File => _places.File;

    /// <summary>Its text.</summary>
    public string Yaml => _places.Yaml;

    /// <summary>Models that <c>all</c>, <c>cnn</c> or <c>vit</c> stands for and that have no network here: the paper's numbers of them cannot be run.</summary>
    public IReadOnlyCollection<string> PassedOver => _passedOver;

    /// <summary>Its cells in order, each once.</summary>
    public IReadOnlyList<ExperimentCell> Cells { get; }

    /// <summary>Text of the recipe files that it names, by path; none for the recipes that come with MedBench.</summary>
    public IReadOnlyDictionary<string, string> Recipes => _recipes.ToDictionary(r => r.Key, r => r.Value.Yaml);

    /// <summary>Reads an experiment strictly and works out its cells.</summary>
    /// <param name="yaml">The file's text.</param>
    /// <param name="file">Path to show in errors; its name without extension names the experiment.</param>
    /// <param name="papers">Papers and their models.</param>
    /// <param name="recipes">Text of recipe files by path, as <see cref="Recipes"/> gave it; null to read them.</param>
    /// <exception cref="MedBenchException">Malformed, or it names what does not exist; says file, line and column.</exception>
    public static ExperimentFile Parse(string yaml, string file, PaperCatalog papers, IReadOnlyDictionary<string, string>? recipes = null) =>
        new(new YamlPlaces(yaml, file), papers, recipes);

    private IEnumerable<ExperimentCell> CellsOf(ExperimentGrid grid, int index)
    {
        object[] Here(params object[] rest) => ["grids", index, .. rest];
        IEnumerable<T> Each<T>(string key, IReadOnlyList<string> texts, Func<string, IEnumerable<T>> read) => texts.Count == 0
            ? throw Error($"'{key}' is empty", "name at least one", Here(key))
            : texts.SelectMany((text, i) => At(Here(key, i), () => read(text).ToList()));

        var recipe = At(grid.Recipe is null ? ["recipe"] : Here("recipe"), () => RecipeCalled(grid.Recipe ?? Experiment.Recipe ?? Experiment.Paper));
        var datasets = Each("datasets", grid.Datasets, name => name == All ? _papers.DatasetsOf(Experiment.Paper) : [DatasetCalled(name)]).ToList();
        var models = Each("models", grid.Models, ModelsCalled).ToList();
        var subsets = grid.Subsets.Length == 0 ? [null] : Each("subsets", grid.Subsets, text => (TrainingSubset?[])[TrainingSubset.Parse(text)]).ToList();
        var methods = Each("methods", grid.Methods, name => recipe.Methods.TryGetValue(name, out var rule) ? new[] { (Name: name, Rule: rule) } : throw Names.Unknown($"method of recipe {recipe.Name}", name, recipe.Methods.Keys)).ToList();
        if (grid.EncoderLr.Length > 0 && methods.FindIndex(m => m.Rule.Encoder is null) is >= 0 and var frozen)
            throw Error($"{methods[frozen].Name} trains no encoder, so encoder-lr changes nothing", "leave encoder-lr out, or give the methods that train no encoder a grid of their own", Here("encoder-lr"));
        foreach (var (rate, i) in grid.EncoderLr.Select((rate, i) => (rate, i)))
            if (!Limits.LearningRate.Holds(rate)) throw Error(string.Create(CultureInfo.InvariantCulture, $"a learning rate of {rate}"), $"give one {Limits.LearningRate}, such as 1.0e-5: {Limits.LearningRate.Why}", Here("encoder-lr", i));

        foreach (var (seed, i) in grid.Seeds.Select((seed, i) => (seed, i)))
            if (seed < 0) throw Error($"a seed of {seed}", "give seeds of at least 0", Here("seeds", i));
        if (grid.Seeds.Length > Limits.MostSeeds) throw Error($"{grid.Seeds.Length} seeds", $"give at most {Limits.MostSeeds}", Here("seeds"));
        int[] listed = grid.Seeds.Length > 0 ? grid.Seeds : recipe.Seeds;
        if (grid.MostSeeds != 0)
        {
            if (grid.MostSeeds < listed.Length || grid.MostSeeds > Limits.MostSeeds) throw Error($"most-seeds of {grid.MostSeeds}", $"give from {listed.Length}, as many as are listed, to {Limits.MostSeeds}", Here("most-seeds"));
            if (!ExperimentCell.AreConsecutive(listed)) throw Error($"most-seeds beside the seeds {string.Join(", ", listed)}", "leave it out, or list the seeds 0, 1, 2 and so on: only these have a next one", Here("most-seeds"));
        }

        foreach (var dataset in datasets)
        {
            var sizes = grid.Sizes.Length > 0 ? grid.Sizes : [dataset.SizeOr(recipe.DatasetSize)];
            foreach (var (size, i) in sizes.Select((size, i) => (size, i)))
            {
                At(Here("sizes", i), () => dataset.Files.Count > 0 ? dataset.File(size).FileName : $"{Limits.SyntheticPixels.Checked(size, $"{size} px")}");
                var cells = from model in models
                            from method in methods
                            from resize in Or(grid.Resize)
                            from rate in Or(grid.EncoderLr)
                            from subset in subsets
                            let run = new RunConfiguration(dataset, size, model, recipe, MethodName.Parse(method.Name), rate, subset, resize)
                            let isSeeded = At(Here("methods"), () => run.Rule).Neighbours is null
                            select new ExperimentCell(Experiment.Paper, Name, run, isSeeded ? listed : [0], grid.Tier, isSeeded ? grid.MostSeeds : 0);
                foreach (var cell in cells) yield return cell;
            }
        }
    }

    // Each combination once with null where a list is empty: the recipe's own choice.
    private static IEnumerable<T?> Or<T>(IReadOnlyList<T> choices)
        where T : struct => choices.Count == 0 ? [null] : choices.Select(c => (T?)c);

    // A path is relative to this file, wherever the program runs.
    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(File) ?? "", name).Replace('\\', '/');

    // To read a card is to read all of its images: once for the whole file.
    private DatasetCard DatasetCalled(string name)
    {
        if (!FolderListing.IsYaml(name)) return DatasetCatalog.Get(name);
        string path = Beside(name);
        return _datasets.TryGetValue(path, out var known) ? known : _datasets[path] = DatasetCatalog.GetOrRead(path);
    }

    // Each file is read once.
    private Recipe RecipeCalled(string name)
    {
        if (!FolderListing.IsYaml(name)) return RecipeCatalog.Get(name);
        string path = Beside(name);
        if (_recipes.TryGetValue(path, out var known)) return known.Recipe;
        string yaml = _recipesAtHand is null ? RecipeCatalog.Text(path)
            : _recipesAtHand.GetValueOrDefault(path) ?? throw new MedBenchException($"{path} is not with the experiment", "make the plan again with `medbench plan`");
        return (_recipes[path] = (yaml, RecipeCatalog.Parse(yaml, path))).Recipe;
    }

    private IEnumerable<ModelCard> ModelsCalled(string name)
    {
        if (FolderListing.IsYaml(name)) return [ModelCatalog.GetOrRead(Beside(name))];
        if (name != All && !s_kinds.Contains(name)) return [ModelCatalog.Get(name)];
        string[] names = [.. _papers.Models.Where(m => m.Paper == Experiment.Paper && (name == All || m.Kind == name)).Select(m => m.Model)];
        _passedOver.UnionWith(names.Where(n => ModelCatalog.Find(n) is null));
        return names.Select(ModelCatalog.Find).OfType<ModelCard>();
    }

    // A cell of several grids is run once, with all their seeds, in the lowest tier.
    private List<ExperimentCell> Merge(IEnumerable<ExperimentCell> cells)
    {
        List<ExperimentCell> merged = [.. cells.GroupBy(c => c.Id).Select(same => same.First() with { Tier = same.Min(c => c.Tier), Seeds = [.. same.SelectMany(c => c.Seeds).Distinct()], MostSeeds = same.Max(c => c.MostSeeds) })];
        return merged.FirstOrDefault(c => c.MostSeeds > c.Seeds.Count && !ExperimentCell.AreConsecutive(c.Seeds)) is { } cell
            ? throw Error($"most-seeds beside the seeds {string.Join(", ", cell.Seeds)}, which several grids give {cell.Id}", "leave it out, or list the seeds 0, 1, 2 and so on: only these have a next one", "grids")
            : merged;
    }

    private T At<T>(IReadOnlyList<object> path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (MedBenchException e)
        {
            throw new MedBenchException($"{_places.Of(path)}: {e.Message}", e.Fix, e);
        }
    }

    private MedBenchException Error(string message, string fix, params object[] path) =>
        new($"{_places.Of(path)}: {message}", fix);
}
