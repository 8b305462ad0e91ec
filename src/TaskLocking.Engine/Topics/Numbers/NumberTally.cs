using System;

namespace TaskLocking.Topics;

/// <summary>The highest of many numbers. Years among the names count from where topics come near them, as in a root.</summary>
internal sealed class NumberTally
{
    private int _highest;
    private int _year;

    /// <summary>A name that takes a number, or none.</summary>
    public void Add(string name)
    {
        var number = TopicFolderName.NumberOf(name.AsSpan());
        if (number == TopicFolderName.Dated)
            _year = Math.Max(_year, TopicFolderName.YearOf(name.AsSpan()));
        else
            Add(number);
    }

    /// <summary>A number that is taken.</summary>
    public void Add(int number) => _highest = Math.Max(_highest, number);

    /// <summary>The next number after one.</summary>
    /// <param name="number">The highest that is known otherwise.</param>
    public int Next(int number)
    {
        var highest = Math.Max(number, _highest);
        return 1 + (highest < TopicFolderName.NearYears ? highest : Math.Max(highest, _year));
    }

    /// <summary>Whether a name of the history has to be kept for the tally.</summary>
    public static bool Counts(string name) => TopicFolderName.NumberOf(name.AsSpan()) is var number
        && (number >= 0 || (number == TopicFolderName.Dated && TopicFolderName.YearOf(name.AsSpan()) >= 0));
}
