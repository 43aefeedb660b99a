namespace MedBench.Data.Datasets;

/// <summary>One published file of a dataset.</summary>
/// <param name="FileName">Its name in the dataset folder, for example "dermamnist_224.npz".</param>
/// <param name="Md5">Checksum of the whole file, 32 lower-case hexadecimal digits.</param>
/// <param name="Url">Where to download it.</param>
public sealed record DatasetFile(string FileName, string Md5, string Url);
