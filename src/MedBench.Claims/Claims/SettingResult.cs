namespace MedBench.Claims.Claims;

/// <summary>One setting of a sweep.</summary>
/// <param name="Name">For example <c>lr-1e-5</c>.</param>
/// <param name="Mean">Mean over the sweep's cells.</param>
/// <param name="P">p of "the claimed setting is no better than this one"; 1 for the claimed one.</param>
/// <param name="ExpectedBest">Best mean to expect from as many settings, drawn at random, as its place in the sweep says (1, 2, …).</param>
public sealed record SettingResult(string Name, double Mean, double P, double ExpectedBest);
