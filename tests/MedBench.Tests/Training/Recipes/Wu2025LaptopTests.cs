using MedBench.Core.Text;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class Wu2025LaptopTests
{
    private const int Shorter = 100;
    private static readonly Recipe s_laptop = RecipeCatalog.Get("wu2025-laptop"), s_wu2025 = RecipeCatalog.Get("wu2025");

    public static TheoryData<string> Methods => [.. s_laptop.Methods.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_IsWu2025s_AtAHundredthOfItsLength(string method)
    {
        var paper = s_wu2025.Methods[method];
        var shorter = paper with
        {
            Iterations = paper.Iterations / Shorter,
            BatchSizeByModel = s_laptop.Methods[method].BatchSizeByModel,
            Classifier = paper.Classifier is { } c ? c with { Schedule = c.Schedule with { EveryIterations = c.Schedule.EveryIterations / Shorter } } : null,
        };
        Assert.Equal(ContentHash.Of(shorter), ContentHash.Of(s_laptop.Methods[method]));
    }

    [Fact]
    public void Methods_AreThePapers() => Assert.Equal(s_wu2025.Methods.Keys.Order(), s_laptop.Methods.Keys.Order());
}
