namespace MedBench.Runs.Store;

/// <summary>One look at a split during training.</summary>
/// <param name="Epoch">From 1: epochs done.</param>
/// <param name="Iteration">Optimiser steps done.</param>
/// <param name="Split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
/// <param name="Acc">Fraction.</param>
/// <param name="Auc">Fraction; null where undefined.</param>
/// <param name="Loss">Mean loss; null where not computed.</param>
public sealed record Evaluation(int Epoch, int Iteration, string Split, double Acc, double? Auc, double? Loss);
