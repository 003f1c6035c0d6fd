namespace Caseload.Returns.Census;

/// <summary>What stands in one item of a return, as it was written: nothing is decided about it yet.</summary>
/// <param name="Text">The text without the white space around it; empty where the item is absent or empty.</param>
/// <param name="Line">The line of the file, from 1; 0 where the item is absent.</param>
public readonly record struct CensusItem(string Text, long Line)
{
    private readonly string? text = Text;

    /// <summary>The text without the white space around it; empty where the item is absent or empty.</summary>
    public string Text => text ?? "";

    /// <summary>Whether there is any text.</summary>
    public bool IsPresent => Text.Length > 0;

    /// <summary>The date that the text is (yyyy-MM-dd), or null where it is none.</summary>
    public DateOnly? Date => ReadDate(Text);

    /// <summary>The answer that the text is (true, TRUE, True, 1, false, FALSE, False, 0), or null where it is none.</summary>
    public bool? Flag => Text switch
    {
        "true" or "TRUE" or "True" or "1" => true,
        "false" or "FALSE" or "False" or "0" => false,
        _ => null,
    };

    // A return holds ten dates an episode, each looked at by several rules: the platform's parser takes ten times as long.
    private static DateOnly? ReadDate(string text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return null;
        var (year, month, day) = (Number(text.AsSpan(0, 4)), Number(text.AsSpan(5, 2)), Number(text.AsSpan(8, 2)));
        return year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            ? null
            : new DateOnly(year, month, day);
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return -1;
            number = (number * 10) + digit - '0';
        }

        return number;
    }
}
