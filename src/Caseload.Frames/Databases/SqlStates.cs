namespace Caseload.Frames.Databases;

/// <summary>What the error codes of the SQL standard (SQLSTATE) say, in words that hold no value of the data.</summary>
public static class SqlStates
{
    private const string AskServer =
        "The server's own message is kept back, because it may quote a value: run the query in the database's own client to see it.";

    /// <summary>An error by its code.</summary>
    /// <param name="state">The five characters of a SQLSTATE, or null where a provider gives none.</param>
    public static DatabaseFault Describe(string? state) => state switch
    {
        "42501" => Unreadable("no permission to read a table of the query", state, "Ask the database's owner for it."),
        "57014" => Unreadable("a query that was cancelled, or took longer than the server allows", state,
            "Ask for a longer time, or for fewer rows."),
        "25006" => Unreadable("a statement that would change the database", state, "Write a query that only reads."),
        { Length: 5 } => OfClass(state),
        _ => new DatabaseFault(ProblemKind.Unreadable, "an error of the database without a code of the SQL standard", AskServer),
    };

    private static DatabaseFault OfClass(string state) => state[..2] switch
    {
        "08" => Unreadable("a connection that failed", state, "Check that the server runs and can be reached from here."),
        "0A" => Unreadable("something in the query that the database does not support", state, AskServer),
        "22" => Unreadable("a value that the query's own computation cannot take", state, AskServer),
        "28" => Unreadable("a user or password that the server refuses", state,
            "Check the user's name; give the password by an environment variable."),
        "3D" => Unreadable("no database of that name", state, "Check the database's name."),
        "40" => Unreadable("a conflict with other work on the database", state, "Run the command again."),
        "42" => new DatabaseFault(ProblemKind.WrongUsage, $"a query that the database does not understand (SQLSTATE {state})",
            "Check its spelling and the names in it; run it in the database's own client first."),
        "53" => Unreadable("a server that has no memory, disk or connections left", state, "Ask the database's owner."),
        "57" => Unreadable("a server that is starting or shutting down", state, "Run the command again later."),
        _ => Unreadable("an error of the database", state, AskServer),
    };

    private static DatabaseFault Unreadable(string found, string state, string remedy) =>
        new(ProblemKind.Unreadable, $"{found} (SQLSTATE {state})", remedy);
}
