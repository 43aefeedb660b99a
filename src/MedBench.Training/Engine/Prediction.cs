using MedBench.Training.Metrics;

namespace MedBench.Training.Engine;

/// <summary>What a model says of one split.</summary>
/// <param name="Probabilities">Count × width, row by row.</param>
/// <param name="Width">Outputs an image.</param>
/// <param name="Loss">Mean of the batches' mean losses, as the papers' code computes it.</param>
/// <param name="Scores">Accuracy and AUC.</param>
public sealed record Prediction(float[] Probabilities, int Width, double Loss, Scores Scores);
