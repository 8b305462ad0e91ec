using TaskLocking.Model;

namespace TaskLocking.Todo2;

/// <summary>What is known of a patch without reading it again.</summary>
/// <param name="Fields">The fields that it sets, or more.</param>
/// <param name="History">Where what it adds to the history begins; that ends with the patch. Meaningless if all fields are named.</param>
internal readonly record struct PatchShape(TodoField Fields, int History)
{
    /// <summary>Of the empty object.</summary>
    public static PatchShape Empty => new(TodoField.None, 1);

    /// <summary>Of a patch that nobody has looked into.</summary>
    public static PatchShape Unknown => new(TodoField.All, 0);
}
