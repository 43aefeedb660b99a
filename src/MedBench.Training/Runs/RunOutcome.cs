using MedBench.Training.Engine;

namespace MedBench.Training.Runs;

/// <summary>What a run gave.</summary>
/// <param name="Test">Test predictions: of the selected weights, or of the neighbours' vote.</param>
/// <param name="Training">How the training went; null for k-NN.</param>
/// <param name="Seconds">Time for features, training and evaluation.</param>
/// <param name="FeatureSeconds">Of it, time spent on features (0 where they were cached already).</param>
/// <param name="Moves">Of k-NN, for each answer (image, or image and finding) the smallest relative move of the distances that turns it from right to wrong or back; null for others.</param>
public sealed record RunOutcome(Prediction Test, TrainingOutcome? Training, double Seconds, double FeatureSeconds, float[]? Moves = null);
