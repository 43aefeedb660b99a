namespace MedBench.Runs.Papers;

/// <summary>A model as a paper prints it and as we name it.</summary>
/// <param name="Paper">For example <c>yang2023</c>.</param>
/// <param name="Printed">The paper's label (ours, for a paper whose tables are not at hand).</param>
/// <param name="Model">Our name, timm's where timm has the model.</param>
/// <param name="Kind"><c>cnn</c>, <c>vit</c>, <c>transformer</c> (one that is no plain ViT) or <c>automl</c>.</param>
/// <param name="Note">May be empty.</param>
public sealed record ModelLabel(string Paper, string Printed, string Model, string Kind, string Note);
