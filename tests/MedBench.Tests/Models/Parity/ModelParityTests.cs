using System.Text.Json;
using MedBench.Core.Files;
using MedBench.Models;
using MedBench.Models.Cards;
using MedBench.Models.Catalog;
using MedBench.Models.Inspection;
using MedBench.Models.Parity;
using MedBench.Models.StateDicts;
using MedBench.Training.Engine;
using MedBench.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace MedBench.Tests.Models.Parity;

/// <summary>Every golden file against the model of its name: state dict, features, logits, work, gradients, three training steps.</summary>
public sealed class ModelParityTests(ITestOutputHelper output)
{
    private const double FeatureTolerance = 1e-4, FirstLossTolerance = 1e-4;

    // BatchNorm over 4 images amplifies rounding: in inception_v3.tv_in1k a relative change of 1e-7 in the weights moves the
    // losses after a step by 5.6e-2, and runs with one and with two threads differ by 2.6e-2 in single gradient norms. Such
    // models are trained in float64 here, where only the golden's own float32 noise is left (9.2e-3 and 6.9e-3 for that model).
    private const double LaterLossTolerance = 2e-2, GradientTolerance = 2e-2, MedianGradientTolerance = 2e-3;
    private const long HeavyParameters = 30_000_000;

    // The losses after steps judge the optimiser and which parameter has which rate, which is the same code for every network. A step of a larger
    // one takes up to a minute: where tests have a bound, the gradients have the last word there.
    private const double GmacsForSteps = 10;

    // And above this, which is DINOv2 ViT-B/14 at 518 px, evaluation has: its blocks are ViT-S/14's, only wider.
    private const double GmacsForGradients = 100;

    internal static IEnumerable<(string Name, bool Heavy)> Goldens() =>
        from file in Directory.EnumerateFiles(GoldenModel.Folder, "*.json").Order(StringComparer.Ordinal)
        let name = Path.GetFileNameWithoutExtension(file)
        select (name, GoldenModel.Load(name).Parameters > HeavyParameters);

    // Formula weights know no checkpoint: goldens of one network are the same numbers, and one of them is computed.
    private static IEnumerable<IGrouping<string, string>> Networks(bool heavy) =>
        from golden in Goldens()
        where golden.Heavy == heavy
        group golden.Name by Network(golden.Name);

    public static TheoryData<string> Light() => [.. Networks(heavy: false).Select(same => same.First())];

    public static TheoryData<string> Heavy() => [.. Networks(heavy: true).Select(same => same.First())];

    public static IEnumerable<object[]> Same() => Networks(heavy: false).Concat(Networks(heavy: true)).SelectMany(same => same.Skip(1).Select(other => (object[])[other, same.First()]));

    [Theory]
    [MemberData(nameof(Light))]
    public void Model_FilledByFormula_EqualsTimm(string name) => Check(name);

    [Theory]
    [MemberData(nameof(Heavy), DisableDiscoveryEnumeration = true)]
    [Trait("Cost", "Heavy")]
    public void HeavyModel_FilledByFormula_EqualsTimm(string name) => Check(name);

    // A network is what its card's architecture and options make; then what timm computed must be the same, too, to the digit.
    [Theory]
    [MemberData(nameof(Same))]
    public void Model_OfTheSameNetworkAsAnother_HasItsGoldenNumbers(string name, string computed)
    {
        var (golden, other) = (GoldenModel.Load(name), GoldenModel.Load(computed));
        var report = new ParityReport(name);
        CheckCard(report, golden);
        report.AssertNone();
        string Numbers(GoldenModel g) => JsonSerializer.Serialize(g with { Timm = "", HubId = null, Mean = [], Std = [], PretrainedInput = [] });
        Assert.Equal(Numbers(other), Numbers(golden));
    }

    private static string Network(string golden)
    {
        var (card, input) = (ModelCatalog.Get(GoldenModel.Load(golden).Timm), GoldenModel.Load(golden).Input);
        return $"{card.Architecture} {card.Options.GetRawText()} {card.InputSize} {input.Key} {string.Join('x', input.Shape)}";
    }

    private static ModelCard CheckCard(ParityReport report, GoldenModel golden)
    {
        var card = ModelCatalog.Get(golden.Timm);
        report.Equal("card", "mean", card.Mean, golden.Mean);
        report.Equal("card", "std", card.Std, golden.Std);
        report.Equal("card", "input size", [card.InputSize], [golden.PretrainedInput[2]]);
        return card;
    }

    private void Check(string name)
    {
        using var scope = NewDisposeScope();
        var golden = GoldenModel.Load(name);
        var report = new ParityReport(name);
        var card = CheckCard(report, golden);
        using var model = ModelCatalog.Create(card, golden.NumClasses, (int)golden.Input.Shape[2]);

        CheckStateDict(report, golden, model);
        report.AssertNone();

        FormulaWeights.Fill(model);
        using var input = FormulaWeights.Input(golden.Input.Key, golden.Input.Shape);
        TimmTable.Check(card, model, (int)golden.Input.Shape[2], ModelInspector.Trace(model, () => CheckEval(report, golden, model, input)), (int)golden.Input.Shape[0]);
        bool Affords(double gmacs) => MaxCost.Seconds is null || card.Gmacs < gmacs;
        if (golden.Train is { } training && Affords(GmacsForGradients)) CheckTraining(report, training, model, input, steps: Affords(GmacsForSteps));

        output.WriteLine(report.Table());
        AtomicFile.WriteText(Path.Combine(AppContext.BaseDirectory, "parity", name + ".json"), JsonSerializer.Serialize(report.Worst));
        NativeHeap.Trim();
        report.AssertNone();
    }

    private static void CheckStateDict(ParityReport report, GoldenModel golden, ImageModel model)
    {
        static string Describe(string name, long[] shape, string dtype) => $"{name} [{string.Join(", ", shape)}] {dtype}";
        var entries = StateDict.Of(model);
        report.Equal("state_dict", "entry",
            [.. entries.Select(e => Describe(e.Name, e.Tensor.shape, e.Tensor.dtype.ToString().ToLowerInvariant()))],
            [.. golden.StateDict.Select(e => Describe(e.Name, e.Shape, e.Dtype))]);
        report.Equal("state_dict", "fill",
            [.. entries.Select(e => FormulaWeights.FillOf(e.Name, e.Tensor.shape.Length).ToString().ToLowerInvariant())],
            [.. golden.StateDict.Select(e => e.Fill)]);
        report.Equal("trainable", "parameter", [.. model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => p.name).Order(StringComparer.Ordinal)], [.. golden.Trainable.Order(StringComparer.Ordinal)]);
        report.Equal("classifier", "parameter", model.ClassifierParameterNames, golden.ClassifierParameters);
        report.Equal("classifier", "name", [model.ClassifierName], [golden.Classifier]);
        report.Equal("card", "num_features", [model.NumFeatures], [golden.NumFeatures]);
        report.Equal("parameters", "count", [model.parameters().Sum(p => p.numel())], [golden.Parameters]);
    }

    private static void CheckEval(ParityReport report, GoldenModel golden, ImageModel model, Tensor input)
    {
        model.eval();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var features = model.ForwardFeatures(input);
        report.Compare("1 forward_features", features, golden.Eval.ForwardFeatures, FeatureTolerance);
        report.Compare("2 pre_logits", model.ForwardHead(features, preLogits: true), golden.Eval.PreLogits, FeatureTolerance);
        var logits = model.ForwardHead(features).contiguous().data<float>().ToArray();
        double rms = Math.Sqrt(golden.Eval.Logits.Average(v => v * v));
        for (int i = 0; i < golden.Eval.Logits.Length; i++) report.Compare("3 logits", $"element {i}", logits[i], golden.Eval.Logits[i], rms, FeatureTolerance);
    }

    private static void CheckTraining(ParityReport report, GoldenTraining golden, ImageModel model, Tensor input, bool steps)
    {
        model.train();
        using var labels = tensor(golden.Labels);
        var precision = ScalarType.Float32;
        if (model.modules().Any(m => m is BatchNorm2d))
        {
            using (no_grad())
            using (var loss = nn.functional.cross_entropy(model.forward(input), labels))
                report.Compare("4 loss", "step 0", loss.item<float>(), golden.Losses[0], 1e-2, FirstLossTolerance);
            precision = ScalarType.Float64;
            model.to(precision);
        }
        using var images = input.to(precision);
        using var encoder = new FlatAdam(model.EncoderParameters, new AdamOptions(golden.EncoderLr, golden.WeightDecay));
        using var classifier = new FlatAdam(model.ClassifierParameters, new AdamOptions(golden.ClassifierLr, golden.WeightDecay));
        for (int step = 0; step < golden.Losses.Length; step++)
        {
            using var scope = NewDisposeScope();
            encoder.ZeroGradients();
            classifier.ZeroGradients();
            // The last loss shows what the step before it did; a step after it would show nothing.
            bool last = step == golden.Losses.Length - 1;
            using var _ = last ? no_grad() : null;
            var loss = nn.functional.cross_entropy(model.forward(images), labels);
            if (step > 0) report.Compare("6 losses after steps", $"step {step}", loss.ToDouble(), golden.Losses[step], 1e-2, LaterLossTolerance);
            else if (precision == ScalarType.Float32) report.Compare("4 loss", "step 0", loss.ToDouble(), golden.Losses[0], 1e-2, FirstLossTolerance);
            if (last) break;
            loss.backward();
            if (step == 0) CheckGradients(report, golden, model);
            if (!steps) break;
            encoder.Step();
            classifier.Step();
        }
    }

    private static void CheckGradients(ParityReport report, GoldenTraining golden, ImageModel model)
    {
        // A gradient that is zero but for rounding (a bias before a BatchNorm) is judged on the scale of the others.
        double floor = 1e-3 * golden.GradientNorms.Values.Max();
        var errors = new List<double>();
        foreach (var (name, parameter) in model.named_parameters().Reverse())
        {
            double actual = parameter.grad!.norm().ToDouble(), expected = golden.GradientNorms[name];
            report.Compare("5 gradients", name, actual, expected, floor, GradientTolerance);
            errors.Add(Math.Abs(actual - expected) / Math.Max(expected, floor));
        }
        report.Compare("5 gradients, median", "relative error", 1 + errors.Order().ElementAt(errors.Count / 2), 1, 1, MedianGradientTolerance);
    }
}
