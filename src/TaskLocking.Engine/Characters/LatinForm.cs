using System.Globalization;
using System.Text;

namespace TaskLocking.Characters;

/// <summary>
/// How a letter or digit is written with <c>a</c> to <c>z</c> and digits, letter by letter: Latin ones without their marks, Cyrillic and
/// Greek ones as passports do it. Letters of other scripts have no such form.
/// </summary>
internal static class LatinForm
{
    /// <summary>The form, in lower case; empty for what is written as nothing, a mark or a sign; null if there is none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="at">Where the character stands.</param>
    public static string? At(string text, int at)
    {
        var codePoint = UnicodeForm.CodePointAt(text, at, out _);
        var letter = codePoint < 0x10000 ? char.ToLowerInvariant((char)codePoint) : '\0';
        if (letter is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
            return letter.ToString();
        if (Own(letter) is { } known)
            return known;
        if (CharUnicodeInfo.GetDecimalDigitValue(text, at) is >= 0 and var digit)
            return digit.ToString(CultureInfo.InvariantCulture);
        if (UnicodeTable.Shared.MappingOf(codePoint) is { } mapping)
            return Join(mapping.Parts);
        return CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? "" : null;
    }

    private static string? Join(int[] parts)
    {
        var joined = new StringBuilder();
        foreach (var part in parts)
        {
            if (At(char.ConvertFromUtf32(part), 0) is not { } form)
                return null;
            joined.Append(form);
        }
        return joined.ToString();
    }

    private static string? Own(char letter) => letter switch
    {
        'а' or 'α' => "a",
        'б' => "b",
        'в' or 'β' => "v",
        'г' or 'ґ' or 'γ' => "g",
        'д' or 'δ' or 'đ' or 'ð' => "d",
        'е' or 'ё' or 'э' or 'є' or 'ε' or 'ə' => "e",
        'ж' => "zh",
        'з' or 'ζ' => "z",
        'и' or 'і' or 'η' or 'ι' or 'ı' => "i",
        'й' or 'ы' or 'υ' => "y",
        'ї' => "yi",
        'ј' => "j",
        'к' or 'κ' or 'ĸ' => "k",
        'л' or 'λ' or 'ł' => "l",
        'м' or 'μ' => "m",
        'н' or 'ν' => "n",
        'о' or 'ο' or 'ω' or 'ø' => "o",
        'п' or 'π' => "p",
        'р' or 'ρ' => "r",
        'с' or 'σ' or 'ς' => "s",
        'т' or 'τ' or 'ŧ' => "t",
        'у' or 'ў' => "u",
        'ф' or 'φ' or 'ƒ' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' or 'χ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' or 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'ђ' => "dj",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' or 'ѕ' => "dz",
        'θ' or 'þ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        'ħ' => "h",
        'ŋ' => "ng",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        _ => null,
    };
}
