using System.CommandLine;
using System.Text;
using MedBench.Cli.Commands;
using MedBench.Cli.Display;
using MedBench.Cli.Doctor;
using MedBench.Cli.Runs;
using MedBench.Core.Errors;
using MedBench.Core.Files;

// What a program reads is UTF-8, whatever the console's code page. Before anything takes hold of the streams.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var end = SuddenEnd.Listen();
var root = new RootCommand("MedBenchRepro: does a published medical-imaging benchmark hold?")
{
    RunCommand.Create(),
    PlanCommand.Create(),
    MergeCommand.Create(),
    DataCommand.Create(),
    ModelsCommand.Create(),
    ClaimsCommand.Create(),
    RetraceCommand.Create(),
    DemoCommand.Create(),
    ReportCommand.Create(),
    BenchCommand.Create(),
    ServeCommand.Create(),
    SchemasCommand.Create(),
    DoctorCommand.Create(),
};
try
{
    Machine.Check();
    return root.Parse([.. args.Select(UserPath.Argument)]).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (MedBenchException e)
{
    Terminal.Error(e.Message, e.Fix);
    return ExitCodes.Failed;
}
catch (OperationCanceledException)
{
    Terminal.Error("stopped", "the same command goes on from where it was");
    return ExitCodes.Interrupted;
}
catch (IOException e)
{
    // Files are written by what says which file it was; this is the output, or a disk that fails.
    Terminal.Error($"reading or writing failed: {e.Message}", "make room on the disk, or send the output elsewhere");
    return ExitCodes.InputOutput;
}
catch (Exception e) when (NativeTorch.Explain(e) is { } problem)
{
    Terminal.Error(problem.Message, problem.Fix);
    return ExitCodes.Failed;
}
catch (Exception e)
{
    // libtorch's messages go on with frames of its own.
    bool trace = Environment.GetEnvironmentVariable("MEDBENCH_TRACE") == "1";
    Terminal.InternalError(trace ? e.ToString() : e.Message.Split('\n')[0].TrimEnd(), trace ? null : "set MEDBENCH_TRACE=1 for the stack trace");
    return ExitCodes.Internal;
}
