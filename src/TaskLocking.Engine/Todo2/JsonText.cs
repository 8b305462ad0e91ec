using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>
/// Writes a small object of ours as one line of JSON; what is null is left out. The counterpart of <see cref="RecordFields"/>.
/// </summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new("{");

    public JsonText Add(string name, string? value) => value is null ? this : Put(name, JsonSlices.Quote(value));

    public JsonText Add(string name, long? value) => value is { } number ? Put(name, number.ToString(CultureInfo.InvariantCulture)) : this;

    public JsonText Add(string name, bool value) => value ? Put(name, "true") : this;

    public JsonText Add(string name, DateTimeOffset? value) => value is { } time ? Put(name, "\"" + Timestamp.Format(time) + "\"") : this;

    public JsonText Add(string name, TimeSpan? value) =>
        value is { } span ? Put(name, span.TotalSeconds.ToString("R", CultureInfo.InvariantCulture)) : this;

    public JsonText Add(string name, IReadOnlyList<string> values) =>
        values.Count == 0 ? this : Put(name, "[" + string.Join(",", values.Select(JsonSlices.Quote)) + "]");

    public override string ToString() => _text + "}";

    private JsonText Put(string name, string json)
    {
        if (_text.Length > 1)
            _text.Append(',');
        _text.Append('"').Append(name).Append("\":").Append(json);
        return this;
    }
}
