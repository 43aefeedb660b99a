using System.Text;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace MedBench.Reporting.Html;

/// <summary>Lets a template render another of the embedded ones.</summary>
internal sealed class TemplateProvider : IFileProvider
{
    /// <inheritdoc/>
    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    /// <inheritdoc/>
    public IFileInfo GetFileInfo(string subpath) => new Template(subpath);

    /// <inheritdoc/>
    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private sealed class Template(string name) : IFileInfo
    {
        private readonly byte[] _bytes = Encoding.UTF8.GetBytes(TemplateFiles.Read(name));

        public bool Exists => true;

        public long Length => _bytes.Length;

        public string? PhysicalPath => null;

        public string Name => name;

        public DateTimeOffset LastModified => DateTimeOffset.UnixEpoch;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => new MemoryStream(_bytes, writable: false);
    }
}
