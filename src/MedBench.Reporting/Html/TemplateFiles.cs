using System.Reflection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MedBench.Reporting.Html;

/// <summary>The embedded templates, style sheet and script.</summary>
internal static class TemplateFiles
{
    /// <summary>The same files for a template that names another.</summary>
    internal static IFileProvider Provider { get; } = new Embedded();

    /// <summary>The text of one file of <c>Html/Templates</c>.</summary>
    internal static string Read(string name)
    {
        using var stream = Open(name) ?? throw new ArgumentException($"no embedded template '{name}'", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static Stream? Open(string name) => Assembly.GetExecutingAssembly().GetManifestResourceStream($"Html/{name}");

    private sealed class Embedded : IFileProvider
    {
        public IFileInfo GetFileInfo(string subpath) => new EmbeddedFile(subpath);

        public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

        public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
    }

    private sealed class EmbeddedFile : IFileInfo
    {
        public EmbeddedFile(string name)
        {
            Name = name;
            using var stream = Open(name);
            Length = stream?.Length ?? -1;
        }

        public bool Exists => Length >= 0;

        public long Length { get; }

        public string? PhysicalPath => null;

        public string Name { get; }

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => Open(Name) ?? throw new FileNotFoundException($"no embedded template '{Name}'");
    }
}
