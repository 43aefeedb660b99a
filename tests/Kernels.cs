using System.Runtime.CompilerServices;
using MedBench.Models.Kernels;

namespace MedBench.Tests;

/// <summary>As medbench does at its start, before libtorch is loaded: compiled into every test project that loads it.</summary>
internal static class Kernels
{
    [ModuleInitializer]
    internal static void LeaveOutBroken() => OneDnn.LeaveOutBrokenKernels();
}
