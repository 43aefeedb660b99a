using MedBench.Claims.Claims;
using MedBench.Claims.Verdicts;

namespace MedBench.Cli.Display;

/// <summary>The numbers of a verdict as fields of a listing; empty where there are none.</summary>
internal static class ClaimNumbers
{
    public static string Effect(ClaimVerdict verdict) => verdict.Effect is { } effect ? Show.SignedPoints(effect) : "";

    public static string Interval(ClaimVerdict verdict) => verdict.Interval is { } i ? $"{Show.SignedPoints(i.Low)} to {Show.SignedPoints(i.High)}" : "";
}
