using System.Globalization;
using MedBench.Core.Errors;
using MedBench.Data.Datasets;
using MedBench.FaultWorker;

// What the fault tests start in order to kill it: one piece of MedBenchRepro's own work, without libtorch, so that it starts quickly.
try
{
    Console.Out.WriteLine("ready");
    switch (args)
    {
        case ["download", var address, var md5, var folder]:
            using (var http = new HttpClient())
                await new DatasetDownloader(http).DownloadAsync(new DatasetFile("data.npz", md5, address), folder);
            return 0;
        case ["unpack", var npz, var cache]:
            ImageDataset.OpenFile(npz, DatasetCatalog.Synthetic, cache).Dispose();
            return 0;
        case ["cells", var store, var log, var count, var milliseconds]:
            new Cells(store, log, TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture))).Run(int.Parse(count, CultureInfo.InvariantCulture));
            return 0;
        case ["wait"]:
            Console.In.ReadLine();
            return 0;
        default:
            Console.Error.WriteLine("wait | download ADDRESS MD5 FOLDER | unpack NPZ CACHE | cells STORE LOG COUNT MILLISECONDS");
            return 1;
    }
}
catch (MedBenchException e)
{
    Console.Error.WriteLine($"error: {e.Message}\nfix: {e.Fix}");
    return 2;
}
