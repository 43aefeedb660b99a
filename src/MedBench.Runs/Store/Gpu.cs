using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MedBench.Runs.Store;

/// <summary>Which GPU computes, by NVIDIA's driver: TorchSharp has no name for it.</summary>
public static partial class Gpu
{
    // libcuda.so.1 on Linux, nvcuda.dll on Windows: part of the driver, so there where a device is.
    private const string Linux = "libcuda.so.1", Windows = "nvcuda.dll";
    private const int LongestName = 256;

    /// <summary>Its name, for example <c>NVIDIA H100 80GB HBM3</c>; null for a CPU, and where the driver does not tell.</summary>
    /// <param name="device">The device; an index of -1, TorchSharp's for the current one, is the first: nothing here chooses another.</param>
    public static string? NameOf(Device device) => device.type == DeviceType.CUDA ? Name(Math.Max(device.index, 0)) : null;

    /// <summary>The name of a GPU of this machine; null where there is none. Nothing of libtorch is loaded for it.</summary>
    /// <param name="index">From 0.</param>
    public static string? Name(int index)
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? Windows : Linux, out nint driver)) return null;
        Span<byte> name = stackalloc byte[LongestName];
        return Export<CuInit>(driver, "cuInit")(0) == 0
            && Export<CuDeviceGet>(driver, "cuDeviceGet")(out int handle, index) == 0
            && Export<CuDeviceGetName>(driver, "cuDeviceGetName")(ref MemoryMarshal.GetReference(name), LongestName, handle) == 0
                ? System.Text.Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)])
                : null;
    }

    private static T Export<T>(nint library, string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    private delegate int CuInit(uint flags);

    private delegate int CuDeviceGet(out int device, int ordinal);

    private delegate int CuDeviceGetName(ref byte name, int length, int device);
}
