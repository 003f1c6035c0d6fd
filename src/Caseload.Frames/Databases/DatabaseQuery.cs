namespace Caseload.Frames.Databases;

/// <summary>
/// One query of SQL as a person wrote it, without the semicolon that may end it, so that it can stand as a table inside another query.
/// </summary>
public sealed class DatabaseQuery
{
    private static readonly string[] FirstWords = ["SELECT", "WITH", "VALUES", "TABLE"];

    private DatabaseQuery(string text, string place) => (Text, Place) = (text, place);

    /// <summary>The query's text up to the semicolon that ends it.</summary>
    public string Text { get; }

    /// <summary>Where the query stands, for messages: an option, or a file.</summary>
    public string Place { get; }

    /// <summary>Whether it begins as a query does, with SELECT, WITH, VALUES or TABLE, in parentheses or not.</summary>
    public bool IsQuery => Array.Exists(FirstWords, word => SqlScanner.FirstWord(Text).Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The query as it is sent by itself.</summary>
    public SqlStatement Alone => new(Text, 0, this);

    /// <summary>Takes a query.</summary>
    /// <param name="text">One statement that gives rows; a semicolon and comments may follow it.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ProblemException">It is empty, or holds two statements (wrong usage).</exception>
    public static DatabaseQuery Parse(string text, string place = "the query")
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = SqlScanner.Statement(text);
        if (!SqlScanner.HoldsCode(text.AsSpan(0, end)))
            throw Wrong("a query without a statement", "one SELECT", place, "Write the query, or name its file as @FILE.");
        if (end < text.Length && SqlScanner.HoldsCode(text.AsSpan(end + 1)))
            throw Wrong("more than one statement", "one statement that gives rows", place,
                "Keep the SELECT alone; whatever prepares it belongs into a view of the database.");
        return new DatabaseQuery(text[..end], place);
    }

    /// <summary>A query whose one table, named <c>q</c>, is this query.</summary>
    /// <param name="before">What stands before it, up to FROM.</param>
    /// <param name="after">What stands after it, such as GROUP BY.</param>
    public SqlStatement Within(string before, string after)
    {
        // On lines of its own: a comment at its end would swallow what follows.
        var start = $"{before} FROM (\n";
        return new SqlStatement($"{start}{Text}\n) q{(after.Length > 0 ? " " + after : "")}", start.Length, this);
    }

    /// <summary>The line and column of a place in the query.</summary>
    internal string PlaceOf(int offset)
    {
        var before = Text.AsSpan(0, Math.Clamp(offset, 0, Text.Length));
        var (line, column) = (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
        return FormattableString.Invariant($"{Place}, line {line}, column {column}");
    }

    private static ProblemException Wrong(string found, string expected, string where, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, where, remedy));
}

/// <summary>What is sent to a database: a person's query, alone or inside another.</summary>
/// <param name="Text">The whole statement.</param>
/// <param name="QueryStart">Where the person's query begins in it, in characters from 0.</param>
/// <param name="Query">The person's query.</param>
public sealed record SqlStatement(string Text, int QueryStart, DatabaseQuery Query);
