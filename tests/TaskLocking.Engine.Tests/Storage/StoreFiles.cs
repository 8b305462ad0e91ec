using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TaskLocking.Tests.Storage;

/// <summary>The files of a store at one moment, to put back later, whole or damaged.</summary>
internal sealed class StoreFiles
{
    private readonly string _folder;
    private readonly Dictionary<string, byte[]> _files;

    private StoreFiles(string folder, Dictionary<string, byte[]> files)
    {
        _folder = folder;
        _files = files;
    }

    public static StoreFiles Of(TempWorkspace place) => new(place.Store, Directory
        .EnumerateFiles(place.Store, "*", SearchOption.AllDirectories)
        .ToDictionary(path => Path.GetRelativePath(place.Store, path), File.ReadAllBytes));

    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>The content of one file, by its path below the folder.</summary>
    public byte[] this[string name]
    {
        get => _files[name];
        set => _files[name] = value;
    }

    public StoreFiles With(string name, byte[] content) => new(_folder, new Dictionary<string, byte[]>(_files) { [name] = content });

    public StoreFiles Without(string name)
    {
        var rest = new Dictionary<string, byte[]>(_files);
        rest.Remove(name);
        return new StoreFiles(_folder, rest);
    }

    /// <summary>Makes the folder exactly this.</summary>
    public void Restore()
    {
        Directory.Delete(_folder, recursive: true);
        foreach (var (name, content) in _files)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }
}
