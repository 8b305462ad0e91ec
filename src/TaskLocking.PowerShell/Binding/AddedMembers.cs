using System;
using System.Management.Automation;
using System.Reflection;

namespace TaskLocking.PowerShell.Binding;

/// <summary>The members that somebody hung on an object, as Add-Member does.</summary>
internal static class AddedMembers
{
    // PowerShell knows at once whether an object has any. To look through all its members takes longer than to commit the change.
    private static readonly MethodInfo? Knows = typeof(PSObject).GetMethod("HasInstanceMembers",
        BindingFlags.NonPublic | BindingFlags.Static);

    /// <summary>False if there is none for sure.</summary>
    public static bool MayHave(PSObject value)
    {
        try
        {
            return Knows?.Invoke(null, [value, null]) is not false;
        }
        catch (Exception unknown) when (unknown is ArgumentException or TargetException or TargetParameterCountException)
        {
            return true; // Another PowerShell, which is to be asked member by member.
        }
    }

    /// <summary>Whether a member is one of them, and not the object's own.</summary>
    public static bool IsOne(PSPropertyInfo property) => property is { IsInstance: true, MemberType: not PSMemberTypes.Property };
}
