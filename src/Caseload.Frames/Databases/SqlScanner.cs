namespace Caseload.Frames.Databases;

/// <summary>
/// Walks over SQL, telling its code from its text and comments: what stands in <c>'...'</c>, <c>"..."</c>, <c>`...`</c>,
/// <c>$tag$...$tag$</c>, <c>-- ...</c> and <c>/* ... */</c> ends no statement.
/// </summary>
internal static class SqlScanner
{
    /// <summary>The length of the first statement: the place of the semicolon that ends it, or the length of the text.</summary>
    internal static int Statement(ReadOnlySpan<char> sql)
    {
        for (var at = 0; at < sql.Length; at = Next(sql, at))
        {
            if (sql[at] == ';') return at;
        }

        return sql.Length;
    }

    /// <summary>Whether there is anything but spaces, comments and semicolons.</summary>
    internal static bool HoldsCode(ReadOnlySpan<char> sql)
    {
        for (var at = 0; at < sql.Length; at = Next(sql, at))
        {
            if (!char.IsWhiteSpace(sql[at]) && sql[at] != ';' && !IsComment(sql[at..])) return true;
        }

        return false;
    }

    /// <summary>The first word after spaces, comments and opening parentheses.</summary>
    internal static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> sql)
    {
        for (var at = 0; at < sql.Length; at = Next(sql, at))
        {
            if (char.IsWhiteSpace(sql[at]) || sql[at] == '(' || IsComment(sql[at..])) continue;
            var length = 0;
            while (at + length < sql.Length && IsName(sql[at + length])) length++;
            return sql.Slice(at, length);
        }

        return [];
    }

    private static bool IsComment(ReadOnlySpan<char> sql) =>
        sql.StartsWith("--", StringComparison.Ordinal) || sql.StartsWith("/*", StringComparison.Ordinal);

    // The place after the text, the comment or the character that begins at a place.
    private static int Next(ReadOnlySpan<char> sql, int at)
    {
        switch (sql[at])
        {
            case '\'':
                return AfterQuoted(sql, at, backslashes: at > 0 && sql[at - 1] is 'E' or 'e' && (at < 2 || !IsName(sql[at - 2])));
            case '"' or '`':
                return AfterQuoted(sql, at, backslashes: false);
            case '-' when IsComment(sql[at..]):
                return After(sql, at, sql[at..].IndexOf('\n'), 1);
            case '/' when IsComment(sql[at..]):
                return AfterComment(sql, at);
            case '$' when at == 0 || !IsName(sql[at - 1]):
                return AfterDollars(sql, at);
            default:
                return at + 1;
        }
    }

    // A quotation mark inside is doubled: the text then ends and begins again, which comes to the same.
    private static int AfterQuoted(ReadOnlySpan<char> sql, int at, bool backslashes)
    {
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (backslashes && sql[i] == '\\') i++;
            else if (sql[i] == sql[at]) return i + 1;
        }

        return sql.Length;
    }

    // PostgreSQL's comments may hold comments; other databases know none inside.
    private static int AfterComment(ReadOnlySpan<char> sql, int at)
    {
        var depth = 0;
        for (var i = at; i + 1 < sql.Length; i++)
        {
            if (sql[i..].StartsWith("/*", StringComparison.Ordinal)) (depth, i) = (depth + 1, i + 1);
            else if (sql[i..].StartsWith("*/", StringComparison.Ordinal)) (depth, i) = (depth - 1, i + 1);
            if (depth == 0) return i + 1;
        }

        return sql.Length;
    }

    private static int AfterDollars(ReadOnlySpan<char> sql, int at)
    {
        var length = sql[(at + 1)..].IndexOf('$');
        if (length < 0) return at + 1;
        var tag = sql.Slice(at, length + 2);
        foreach (var c in tag[1..^1])
        {
            if (!IsName(c)) return at + 1;
        }

        if (length > 0 && char.IsAsciiDigit(tag[1])) return at + 1;
        return After(sql, at + tag.Length, sql[(at + tag.Length)..].IndexOf(tag, StringComparison.Ordinal), tag.Length);
    }

    private static int After(ReadOnlySpan<char> sql, int from, int found, int length) =>
        found < 0 ? sql.Length : from + found + length;

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c == '_';
}
