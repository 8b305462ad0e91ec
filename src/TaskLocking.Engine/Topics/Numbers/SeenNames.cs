using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using TaskLocking.Locking;
using TaskLocking.Workspaces;

namespace TaskLocking.Topics;

/// <summary>
/// The names that commits ever added to a root, kept with the objects they were found from: as long as no ref is new, the history is not
/// walked, and what is new is walked alone. Names stay when their branch goes. It only saves time: a file that is lost or not whole is made
/// anew, and one that cannot be written is not.
/// </summary>
internal sealed class SeenNames
{
    private const string Form = "topics seen 1";
    private const int Longest = 1 << 28; // in bytes

    private readonly HashSet<string> _tips;
    private readonly HashSet<string> _names;
    private readonly string _shallow;

    private SeenNames(IEnumerable<string> tips, IEnumerable<string> names, string shallow)
    {
        _tips = new HashSet<string>(tips, StringComparer.Ordinal);
        _names = new HashSet<string>(names, StringComparer.Ordinal);
        _shallow = shallow;
    }

    /// <summary>The names.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>What a repository has now. Call under the root's lock in the git directory.</summary>
    /// <exception cref="GitFailure">The history cannot be walked.</exception>
    public static SeenNames Of(TopicPlace place, ITopicGit git, IReadOnlyList<GitRef> refs)
    {
        var seen = Load(place.SeenPath);
        // A clone that was made less shallow has commits behind those that were walked.
        var shallow = place.Shallow is { } cut ? TopicPlace.Escape(cut) : "";
        var known = seen._shallow == shallow ? seen._tips : [];
        var tips = refs.Where(each => !TopicPlace.IsOurs(each.Name)).Select(each => each.Object).Distinct(StringComparer.Ordinal).ToList();
        var fresh = tips.Where(tip => !known.Contains(tip)).ToList();
        if (fresh.Count == 0)
            return seen;
        var now = new SeenNames(tips, seen._names.Concat(git.Added(fresh, known)), shallow);
        now.Save(place.SeenPath);
        return now;
    }

    private static SeenNames Load(string path)
    {
        var parts = GitFile.Read(path, Longest)?.Split('\0') ?? [];
        // Form, cut, how many tips, tips, names, form: whole if it ends as it began.
        return parts.Length > 3 && parts[0] == Form && parts[^1] == Form && int.TryParse(parts[2], out var tips) && tips <= parts.Length - 4
            ? new SeenNames(parts.Skip(3).Take(tips), parts.Skip(3 + tips).Take(parts.Length - 4 - tips), parts[1])
            : new SeenNames([], [], "");
    }

    private void Save(string path)
    {
        try
        {
            string[] parts = [Form, _shallow, _tips.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), .. _tips, .. _names,
                Form];
            var bytes = Encoding.UTF8.GetBytes(string.Join("\0", parts));
            FileBytes.Replace(FileBytes.WriteBeside(path, bytes, durable: false), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TaskLockingException)
        {
            System.Diagnostics.Debug.WriteLine(exception);
        }
    }
}
