namespace Caseload.Frames;

/// <summary>What sort of obstacle a <see cref="Problem"/> is. The numbers are the exit codes of the command line.</summary>
public enum ProblemKind
{
    /// <summary>The data were read, and fail a check.</summary>
    CheckFailed = 1,

    /// <summary>What was asked for makes no sense: an option, a column name, a formula.</summary>
    WrongUsage = 2,

    /// <summary>An input cannot be read, or an output cannot be written.</summary>
    Unreadable = 3,

    /// <summary>No estimate exists, or the optimiser did not reach one.</summary>
    NoEstimate = 4,
}

/// <summary>
/// An obstacle told so that its reader can act on it: what was found, what was expected, where, and what to do.
/// It never holds a child's values: a file, a line and a column say where.
/// </summary>
/// <param name="Kind">The sort of obstacle.</param>
/// <param name="Found">What was found, as a sentence without a full stop.</param>
/// <param name="Expected">What was expected instead.</param>
/// <param name="Where">File, line and column, or the part of a command; empty where there is no place.</param>
/// <param name="Remedy">What the reader can do.</param>
public sealed record Problem(ProblemKind Kind, string Found, string Expected, string Where, string Remedy)
{
    /// <summary>The problem as one readable block of up to four lines.</summary>
    public override string ToString()
    {
        var lines = new List<string>(4) { "found:    " + Found };
        if (Expected.Length > 0) lines.Add("expected: " + Expected);
        if (Where.Length > 0) lines.Add("where:    " + Where);
        if (Remedy.Length > 0) lines.Add("to do:    " + Remedy);
        return string.Join('\n', lines);
    }
}

/// <summary>Stops the work at a <see cref="Frames.Problem"/>. The one exception that the kit throws on purpose.</summary>
/// <param name="problem">What stopped the work.</param>
/// <param name="inner">What the platform threw, where it did.</param>
public sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.ToString(), inner)
{
    /// <summary>What stopped the work.</summary>
    public Problem Problem { get; } = problem;
}
