using System.CommandLine;
using System.Text;
using MedBench.Cli.Commands;
using MedBench.Cli.Display;
using MedBench.Cli.Runs;
using MedBench.Core.Files;
using MedBench.Models.Kernels;
using MedBench.Training.Engine;

// What a program reads is UTF-8, whatever the console's code page. Before anything takes hold of the streams.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// Before libtorch is loaded, which is when oneDNN looks.
OneDnn.LeaveOutBrokenKernels();
NativeHeap.KeepFreed();
using var end = SuddenEnd.Listen();
var root = new RootCommand("MedBenchRepro: does a published medical-imaging benchmark hold?")
{
    RunCommand.Create(),
    PlanCommand.Create(),
    MergeCommand.Create(),
    VerifyCommand.Create(),
    EvaluateCommand.Create(),
    DataCommand.Create(),
    ModelsCommand.Create(),
    ScoreCommand.Create(),
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
catch (Exception e)
{
    return Ending.Of(e, trace: Environment.GetEnvironmentVariable("MEDBENCH_TRACE") == "1").Tell();
}
