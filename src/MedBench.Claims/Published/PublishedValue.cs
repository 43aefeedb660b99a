using MedBench.Runs.Cells;

namespace MedBench.Claims.Published;

/// <summary>One printed number, as a fraction.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Mean">Fraction in [0, 1].</param>
/// <param name="HalfStep">Half a unit of the last printed digit, as a fraction: the true mean lies within this of <paramref name="Mean"/>.</param>
/// <param name="Std">Sample standard deviation (divisor n − 1) over runs, as a fraction; null if none is printed. A printed zero stands for half its last digit.</param>
/// <param name="Runs">Runs behind the mean; null if unknown.</param>
/// <param name="Source">Table or figure.</param>
/// <param name="Extraction">How it was read.</param>
/// <param name="Location">File and line it comes from.</param>
public sealed record PublishedValue(CellKey Key, double Mean, double HalfStep, double? Std, int? Runs, string Source, string Extraction, string Location);
