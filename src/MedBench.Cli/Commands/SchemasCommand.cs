using System.CommandLine;
using MedBench.Claims;
using MedBench.Cli.Display;
using MedBench.Core.Files;

namespace MedBench.Cli.Commands;

/// <summary><c>medbench schemas</c>: writes the JSON Schemas of this version's files.</summary>
internal static class SchemasCommand
{
    private static readonly Option<string> s_out = new("--out") { Description = "Folder to write to", DefaultValueFactory = _ => "schemas" };

    public static Command Create()
    {
        var command = new Command("schemas", "Write the JSON Schemas of experiments, recipes, results and rules, for editors and other programs") { s_out };
        command.SetAction(parsed =>
        {
            foreach (var (name, text) in Schemas.All)
            {
                string path = Path.Combine(parsed.GetValue(s_out)!, $"{name}.schema.json");
                AtomicFile.WriteText(path, text);
                Terminal.Note(path);
            }
            return ExitCodes.Ok;
        });
        return command;
    }
}
