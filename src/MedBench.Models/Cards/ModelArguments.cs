namespace MedBench.Models.Cards;

/// <summary>What a run decides about a model, beside its card.</summary>
/// <param name="NumClasses">Outputs of the classifier; 0 for none.</param>
/// <param name="InputSize">Height and width of the input in pixels; matters to models with position embeddings.</param>
public sealed record ModelArguments(int NumClasses, int InputSize);
