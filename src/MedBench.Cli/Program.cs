using System.CommandLine;
using MedBench.Cli.Commands;
using MedBench.Cli.Display;
using MedBench.Core.Errors;

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
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
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
catch (Exception e)
{
    // libtorch's messages go on with frames of its own.
    bool trace = Environment.GetEnvironmentVariable("MEDBENCH_TRACE") == "1";
    Terminal.InternalError(trace ? e.ToString() : e.Message.Split('\n')[0].TrimEnd(), trace ? null : "set MEDBENCH_TRACE=1 for the stack trace");
    return ExitCodes.Internal;
}
