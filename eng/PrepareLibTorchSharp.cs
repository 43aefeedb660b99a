// Compiled by MSBuild against netstandard2.0, and by the tests as it is.
#nullable enable
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;

/// <summary>
/// Makes a private copy of libLibTorchSharp.so that loads on this host.
///
/// TorchSharp 0.107 is linked with GCC 13 and asks for the version GLIBCXX_3.4.32 of libstdc++, for one symbol
/// (_ZSt21ios_base_library_initv) that no relocation uses. Debian 12, Ubuntu 22.04 and RHEL 9 ship an older libstdc++,
/// and ld.so refuses the whole library over that unused reference. ELF has a flag for "nice to have": VER_FLG_WEAK in
/// vna_flags of the version's entry in .gnu.version_r. The copy gets it, and only for versions that this host lacks
/// and no relocation needs; a version that is really needed is an error, not a crash at run time.
///
/// The source in the package cache is never written: the result goes to a temporary file and is renamed.
/// </summary>
public class PrepareLibTorchSharp : Microsoft.Build.Utilities.Task
{
    [Required]
    public string Source { get; set; } = "";

    [Required]
    public string Destination { get; set; } = "";

    /// <summary>Whether the copy must load on the oldest supported system, Debian 12, and not only on this one: for packages.</summary>
    public bool ForOlderSystems { get; set; }

    public override bool Execute()
    {
        try
        {
            byte[] image = File.ReadAllBytes(Source);
            string? libstdcxx = FindLibstdcxx();
            var provided = libstdcxx is null ? new HashSet<string>() : ProvidedVersions(libstdcxx);
            if (ForOlderSystems) provided.RemoveWhere(IsNewerThanDebian12);
            var weakened = libstdcxx is null
                ? new List<string>()
                : WeakenMissingVersions(image, "libstdc++.so.6", provided);
            if (weakened.Count > 0)
                Log.LogMessage(MessageImportance.Normal, $"{Path.GetFileName(Source)}: {string.Join(", ", weakened)} made weak, because {libstdcxx} lacks it and nothing uses it");
            Directory.CreateDirectory(Path.GetDirectoryName(Destination)!);
            string temporary = Destination + "." + Guid.NewGuid().ToString("N");
            using (var file = File.Create(temporary)) file.Write(image, 0, image.Length);
            // Rename, so that a project built at the same time never sees half a file.
            if (File.Exists(Destination)) File.Replace(temporary, Destination, null);
            else File.Move(temporary, Destination);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Log.LogError($"{Source}: {e.Message}");
            return false;
        }
    }

    /// <summary>Whether a version such as GLIBCXX_3.4.31 is newer than the libstdc++ of GCC 12.</summary>
    public static bool IsNewerThanDebian12(string version) =>
        Version.TryParse(version.Substring("GLIBCXX_".Length), out var number) && number > new Version(3, 4, 30);

    /// <summary>The libstdc++.so.6 that ld.so would load for a 64-bit program, or null where there is none to ask.</summary>
    public static string? FindLibstdcxx()
    {
        try
        {
            var start = new ProcessStartInfo("/sbin/ldconfig", "-p") { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string? line = output.Split('\n').FirstOrDefault(l => l.Contains("libstdc++.so.6 ") && l.Contains("x86-64"));
            if (line is not null) return line.Substring(line.IndexOf("=>", StringComparison.Ordinal) + 2).Trim();
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            // No ldconfig (musl, minimal images): look where distributions put it.
        }
        string[] usual = { "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6", "/usr/lib/libstdc++.so.6" };
        return usual.FirstOrDefault(File.Exists);
    }

    /// <summary>The GLIBCXX_* versions that a libstdc++ defines, read from its string table.</summary>
    public static HashSet<string> ProvidedVersions(string libstdcxx)
    {
        string text = Encoding.GetEncoding("ISO-8859-1").GetString(File.ReadAllBytes(libstdcxx));
        var versions = new HashSet<string>();
        for (int at = text.IndexOf("GLIBCXX_", StringComparison.Ordinal); at >= 0; at = text.IndexOf("GLIBCXX_", at + 1, StringComparison.Ordinal))
            versions.Add(text.Substring(at, text.IndexOf('\0', at) - at));
        return versions;
    }

    /// <summary>
    /// Sets VER_FLG_WEAK, in place, on every GLIBCXX_* version that <paramref name="image"/> needs from
    /// <paramref name="library"/> and <paramref name="provided"/> lacks. Returns their names.
    /// Throws InvalidDataException if the image is no little-endian ELF64 or if a relocation uses such a version.
    /// </summary>
    public static List<string> WeakenMissingVersions(byte[] image, string library, HashSet<string> provided)
    {
        const ushort VerFlgWeak = 2;
        const uint ShtRela = 4, ShtVerneed = 0x6ffffffe, ShtVersym = 0x6fffffff;
        if (image.Length < 64 || image[0] != 0x7f || image[1] != 'E' || image[2] != 'L' || image[3] != 'F' || image[4] != 2 || image[5] != 1)
            throw new InvalidDataException("not a little-endian ELF64 file");

        var weakened = new List<string>();
        var sections = ReadSections(image);
        var needs = sections.FirstOrDefault(s => s.Type == ShtVerneed);
        if (needs is null) return weakened;
        var strings = sections[(int)needs.Link];

        var missing = new Dictionary<ushort, string>();
        for (long need = needs.Offset, left = needs.Info; left > 0; left--)
        {
            bool fromLibrary = ReadString(image, strings, BitConverter.ToUInt32(image, (int)need + 4)) == library;
            int count = BitConverter.ToUInt16(image, (int)need + 2);
            for (long aux = need + BitConverter.ToUInt32(image, (int)need + 8); count > 0; count--)
            {
                string version = ReadString(image, strings, BitConverter.ToUInt32(image, (int)aux + 8));
                if (fromLibrary && version.StartsWith("GLIBCXX_", StringComparison.Ordinal) && !provided.Contains(version))
                {
                    missing[BitConverter.ToUInt16(image, (int)aux + 6)] = version;
                    BitConverter.GetBytes((ushort)(BitConverter.ToUInt16(image, (int)aux + 4) | VerFlgWeak)).CopyTo(image, (int)aux + 4);
                    weakened.Add(version);
                }
                aux += BitConverter.ToUInt32(image, (int)aux + 12);
            }
            need += BitConverter.ToUInt32(image, (int)need + 12);
        }
        if (missing.Count == 0) return weakened;

        var versionOfSymbol = sections.First(s => s.Type == ShtVersym);
        foreach (var rela in sections.Where(s => s.Type == ShtRela))
            for (long at = rela.Offset; at < rela.Offset + rela.Size; at += 24)
            {
                uint symbol = BitConverter.ToUInt32(image, (int)at + 12);
                ushort version = (ushort)(BitConverter.ToUInt16(image, (int)(versionOfSymbol.Offset + 2 * symbol)) & 0x7fff);
                if (missing.TryGetValue(version, out string? name))
                    throw new InvalidDataException($"a symbol of {name} is really used, and this system's libstdc++ lacks it: install a newer libstdc++ or build with -p:TorchSharpVersion=0.106.0");
            }
        return weakened;
    }

    private sealed class Section
    {
        public uint Type, Link, Info;
        public long Offset, Size;
    }

    private static List<Section> ReadSections(byte[] image)
    {
        long table = BitConverter.ToInt64(image, 40);
        int size = BitConverter.ToUInt16(image, 58), count = BitConverter.ToUInt16(image, 60);
        if (size < 64 || table < 64 || table + (long)size * count > image.Length) throw new InvalidDataException("section table outside the file");
        return Enumerable.Range(0, count).Select(i => (int)(table + (long)i * size)).Select(at => new Section
        {
            Type = BitConverter.ToUInt32(image, at + 4),
            Offset = BitConverter.ToInt64(image, at + 24),
            Size = BitConverter.ToInt64(image, at + 32),
            Link = BitConverter.ToUInt32(image, at + 40),
            Info = BitConverter.ToUInt32(image, at + 44),
        }).ToList();
    }

    private static string ReadString(byte[] image, Section strings, uint offset)
    {
        int start = (int)(strings.Offset + offset);
        return Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start);
    }
}
