using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaskLocking.Server;

/// <summary>
/// No answer is longer than a model can take. Lists are made to fit by who writes them; what is too long all the same loses the ends of its
/// longest lists and texts, and says so.
/// </summary>
internal static class AnswerRoom
{
    /// <summary>The member that says that something was left out.</summary>
    public const string Cut = "truncated";

    /// <summary>UTF-8. By three bytes a token that is 25,000.</summary>
    public const int MostBytes = 75_000;

    private const int FewItems = 4;
    private const int ShortText = 200;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Fit(byte[] json)
    {
        if (json.Length <= MostBytes)
            return json;
        var root = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!.AsObject();
        root[Cut] = true;
        // Each time half of what is longest goes.
        for (var (items, text) = (1 << 12, 1 << 15); json.Length > MostBytes && items + text > FewItems + ShortText;
            items = int.Max(items / 2, FewItems), text = int.Max(text / 2, ShortText))
        {
            Shorten(root, items, text);
            json = Encoding.UTF8.GetBytes(root.ToJsonString(Options));
        }
        return json;
    }

    private static void Shorten(JsonNode node, int items, int text)
    {
        if (node is JsonArray array)
        {
            while (array.Count > items)
                array.RemoveAt(array.Count - 1);
            foreach (var (place, item) in array.ToList().Select((item, place) => (place, item)))
            {
                if (Shorter(item, text) is { } shorter)
                    array[place] = shorter;
                else if (item is not null)
                    Shorten(item, items, text);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (Shorter(value, text) is { } shorter)
                    members[name] = shorter;
                else if (value is not null)
                    Shorten(value, items, text);
            }
        }
    }

    // Null for what is no text that is too long.
    private static string? Shorter(JsonNode? node, int most)
    {
        if (node is not JsonValue value || !value.TryGetValue<string>(out var text) || text.Length <= most)
            return null;
        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return text[..end] + "…";
    }
}
