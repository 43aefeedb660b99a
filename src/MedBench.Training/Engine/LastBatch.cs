using MedBench.Core.Errors;
using MedBench.Models;
using MedBench.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MedBench.Training.Engine;

/// <summary>A last batch of one image that BatchNorm cannot normalise: a matter of the recipe, said before the first step and not after an epoch.</summary>
public static class LastBatch
{
    /// <summary>Refuses a plan whose last batch is one image, where a BatchNorm in training mode would see a single value of each channel.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="images">Training images.</param>
    /// <param name="model">The model, on <paramref name="device"/>; left in evaluation mode, unchanged.</param>
    /// <param name="inputSize">Height and width of its input in pixels.</param>
    /// <param name="device">Where the model is.</param>
    /// <exception cref="MedBenchException">It is so; names the numbers.</exception>
    public static void Check(TrainingPlan plan, int images, ImageModel model, int inputSize, Device device)
    {
        bool trainMode = plan.Method.Encoder is not null || plan.Method.FrozenEncoder == FrozenEncoderMode.Train;
        int last = plan.Method.DropLast || images % plan.BatchSize == 0 ? plan.BatchSize : images % plan.BatchSize;
        if (last != 1 || !trainMode || OnePlace(model, inputSize, device) is not { } layer) return;
        throw new MedBenchException(
            $"{images} training images in batches of {plan.BatchSize} leave a last batch of one image, and at {inputSize} px {layer} has one value of each channel for it: BatchNorm cannot normalise that",
            "say drop-last: true or another batch-size in the recipe, or train on another part of the images (--subset), or at a larger input");
    }

    // The first BatchNorm that sees a single place of an image; null if none does.
    private static string? OnePlace(ImageModel model, int inputSize, Device device)
    {
        string? found = null;
        var hooks = model.named_modules().Where(m => m.module is BatchNorm2d).Select(m => ((BatchNorm2d)m.module).register_forward_hook((_, input, output) =>
        {
            if (input.shape[2] * input.shape[3] == 1) found ??= m.name;
            return output;
        })).ToList();
        try
        {
            model.eval();
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            model.call(zeros(1, 3, inputSize, inputSize, device: device));
        }
        finally
        {
            hooks.ForEach(hook => hook.remove());
        }
        return found;
    }
}
