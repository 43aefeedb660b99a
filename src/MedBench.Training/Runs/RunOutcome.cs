using MedBench.Training.Engine;

namespace MedBench.Training.Runs;

/// <summary>What a run gave.</summary>
/// <param name="Test">Test predictions: of the selected weights, or of the neighbours' vote.</param>
/// <param name="Training">How the training went; null for k-NN.</param>
/// <param name="Seconds">Time for features, training and evaluation.</param>
/// <param name="FeatureSeconds">Of it, time spent on features (0 where they were cached already).</param>
public sealed record RunOutcome(Prediction Test, TrainingOutcome? Training, double Seconds, double FeatureSeconds);
