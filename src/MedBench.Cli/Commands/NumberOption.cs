using System.CommandLine;
using MedBench.Core.Text;

namespace MedBench.Cli.Commands;

/// <summary>Options that are numbers: read by <see cref="Numbers"/>, whatever the culture, and within a range.</summary>
internal static class NumberOption
{
    public static Option<int?> Whole(string name, string description, NumberRange<int> range) =>
        new(name) { Description = description, CustomParser = result => Numbers.Integer($"{name} ", result.Tokens[0].Value, range) };

    public static Option<int> Whole(string name, string description, NumberRange<int> range, int usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual, CustomParser = result => Numbers.Integer($"{name} ", result.Tokens[0].Value, range) };

    public static Option<double?> Decimal(string name, string description, NumberRange<double> range) =>
        new(name) { Description = description, CustomParser = result => Numbers.Decimal($"{name} ", result.Tokens[0].Value, range) };

    public static Option<double> Decimal(string name, string description, NumberRange<double> range, double usual) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual, CustomParser = result => Numbers.Decimal($"{name} ", result.Tokens[0].Value, range) };
}
