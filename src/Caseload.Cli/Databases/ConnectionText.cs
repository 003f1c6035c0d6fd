using System.Data.Common;
using System.Text.RegularExpressions;
using Caseload.Frames;

namespace Caseload.Cli.Databases;

/// <summary>
/// A connection as a person wrote it, before the names of environment variables in it are replaced. A secret may come from the environment
/// only: what stands on a command line is seen by every user of the machine.
/// </summary>
/// <param name="Text">The text, with <c>${NAME}</c> for environment variables.</param>
internal sealed partial record ConnectionText(string Text)
{
    /// <summary>Takes a connection.</summary>
    /// <exception cref="ProblemException">A secret stands in it as it is (wrong usage); the message does not hold it.</exception>
    internal static ConnectionText Parse(string text)
    {
        foreach (Match match in Secret().Matches(text).Concat(UserInfo().Matches(text)))
        {
            if (!IsFromEnvironment(match.Groups["value"].Value))
                throw Wrong("a password or another secret in --connection", "none: a command line is seen by every user of the machine",
                    "Put it into an environment variable NAME and write ${NAME} in its place, in single quotation marks; PGPASSWORD is "
                    + "known for PostgreSQL.");
        }

        return new ConnectionText(text);
    }

    /// <summary>A text with three asterisks in the place of every secret that looks like one of a connection string.</summary>
    internal static string Masked(string text) => UserInfo().Replace(Secret().Replace(text, Mask), Mask);

    /// <summary>A part of the text with the environment variables' values in it.</summary>
    /// <exception cref="ProblemException">There is no such environment variable (wrong usage).</exception>
    internal static string Expand(string part) => Variable().Replace(part, match =>
        Environment.GetEnvironmentVariable(match.Groups["name"].Value)
            ?? throw Wrong(
                $"no environment variable {match.Groups["name"].Value}", "one that --connection names", "Set it, or check its name."));

    /// <summary>
    /// The text whose one variable, where it is nothing else, is replaced: a whole connection may come from the environment.
    /// </summary>
    internal string Whole => Variable().Match(Text) is { Success: true } match && match.Length == Text.Trim().Length
        ? Expand(Text.Trim())
        : Text;

    /// <summary>
    /// The text with all its variables replaced: in each value of a connection string, so that a value may hold any sign.
    /// </summary>
    internal string Filled
    {
        get
        {
            if (Whole != Text) return Whole;
            try
            {
                return Pairs(Text).ConnectionString;
            }
            catch (ArgumentException)
            {
                return Expand(Text);
            }
        }
    }

    /// <summary>The keys and values of a connection string, with the variables in values replaced.</summary>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    internal static DbConnectionStringBuilder Pairs(string text)
    {
        var pairs = new DbConnectionStringBuilder { ConnectionString = text };
        foreach (var key in pairs.Keys.Cast<string>().ToArray()) pairs[key] = Expand((string)pairs[key]);
        return pairs;
    }

    private static string Mask(Match match)
    {
        var value = match.Groups["value"];
        return value.Length == 0 || IsFromEnvironment(value.Value)
            ? match.Value
            : string.Concat(match.Value.AsSpan(0, value.Index - match.Index), "***", match.Value.AsSpan(value.Index - match.Index + value.Length));
    }

    private static bool IsFromEnvironment(string value) => Variable().Replace(value.Trim().Trim('"', '\''), "").Length == 0;

    private static ProblemException Wrong(string found, string expected, string remedy) =>
        new(new Problem(ProblemKind.WrongUsage, found, expected, "", remedy));

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Variable();

    // key=value of connection strings and of the queries of addresses.
    [GeneratedRegex(
        @"(?:password|passwd|pwd|secret|token|passphrase|api[ _]?key|accountkey)[^=;&?\n]*=\s*"
            + @"(?<value>""[^""]*""|'[^']*'|[^;&\n]*)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // scheme://user:password@host
    [GeneratedRegex(@"://[^/@:\n]*:(?<value>[^?\n]*)@")]
    private static partial Regex UserInfo();
}
