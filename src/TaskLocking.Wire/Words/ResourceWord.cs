using System;

namespace TaskLocking.Wire;

/// <summary>A resource as one writes it: <c>gpu</c>, or <c>gpu=2</c> for two at once.</summary>
internal static class ResourceWord
{
    /// <exception cref="TaskLockingException">InvalidArgument.</exception>
    public static ResourceLimit Parse(string text)
    {
        var mark = text.LastIndexOf('=');
        return mark < 0 ? new ResourceLimit(text)
            : new ResourceLimit(text.Substring(0, mark), WholeNumber.Parse(text.Substring(mark + 1), "--resource gpu=2") ?? 1);
    }
}
