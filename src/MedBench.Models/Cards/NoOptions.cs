namespace MedBench.Models.Cards;

/// <summary>The options of an architecture that has none: a card that gives any is refused.</summary>
internal sealed record NoOptions;
