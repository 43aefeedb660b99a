using System.CommandLine;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create() => new("demo", "x");
}
