using System.Reflection;
using System.Text.RegularExpressions;
using MedBench.Training.Recipes;

namespace MedBench.Tests.Training.Recipes;

public sealed class RecipeDocsTests
{
    // A field that nobody explains is found out here.
    [Fact]
    public void Claims_Page_ExplainsEveryFieldOfARecipe()
    {
        string page = File.ReadAllText(Repository.File("docs/claims.md"));
        var fields = from type in (Type[])[typeof(Recipe), typeof(InputRule), typeof(MethodRule), typeof(OptimizerRule), typeof(ScheduleRule), typeof(SelectionRule), typeof(HeadRule)]
                     from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                     where property.SetMethod is not null
                     select Regex.Replace(property.Name, "(?<=[a-z0-9])(?=[A-Z])", "-").ToLowerInvariant();

        Assert.All(fields.Distinct(), f => Assert.Contains($"`{f}`", page, StringComparison.Ordinal));
    }
}
