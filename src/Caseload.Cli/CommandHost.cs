using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Caseload.Cli.Databases;
using Caseload.Frames;

namespace Caseload.Cli;

/// <summary>
/// Runs a command line and turns whatever stops it into one readable block on standard error and an exit code of the contract.
/// </summary>
internal static partial class CommandHost
{
    /// <summary>Parses and runs a command line.</summary>
    /// <param name="root">The command with all its subcommands.</param>
    /// <param name="args">What the person typed.</param>
    /// <returns>0 done; 1 a check failed; 2 wrong usage; 3 an input cannot be read; 4 no estimate.</returns>
    public static int Invoke(RootCommand root, string[] args)
    {
        // An argument that begins with @ is a query's file or a person's text, never a file with more arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Report(new Problem(ProblemKind.WrongUsage, string.Join("; ", parsed.Errors.Select(e => Plain(e.Message))),
                "options and values as the help lists them", Name(parsed), $"Run {Name(parsed)} --help."));
        }

        if (EmptyValue(parsed) is { } option)
        {
            return Report(new Problem(ProblemKind.WrongUsage, $"an empty value of {option}", "a value, or the option left out", Name(parsed),
                "Give it a value; a variable of the shell that is not set leaves an empty one."));
        }

        using var interrupt = Ending(PosixSignal.SIGINT, 130);
        using var end = Ending(PosixSignal.SIGTERM, 143);

        return Run(() => parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
    }

    /// <summary>Runs a command that is known already.</summary>
    /// <param name="command">Gives its exit code.</param>
    /// <returns>That, or the one of what stopped it.</returns>
    public static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (ProblemException e)
        {
            return Report(e.Problem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Report(new Problem(
                ProblemKind.Unreadable, e.Message, "files that can be read and written", "",
                "Check the path, the permissions and the room on the disk."));
        }
        catch (OutOfMemoryException)
        {
            return Report(new Problem(
                ProblemKind.Unreadable, "not enough memory", "memory for all rows at once", "",
                "Close other programs, or work on fewer files at a time."));
        }
        catch (Exception e) when (e is not StackOverflowException)
        {
            // A defect of ours. Its message may hold a cell's value, so only the kind of error and the place in our code are told.
            var place = e.StackTrace?.Split('\n').FirstOrDefault()?.Trim() ?? "";
            return Report(new Problem(ProblemKind.CheckFailed, $"a defect in caseload itself ({e.GetType().Name})", "", place,
                "Please report it with the command you ran. Nothing of your data is in this message."));
        }
    }

    /// <summary>Prints a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns>Its exit code.</returns>
    public static int Report(Problem problem)
    {
        Console.Error.WriteLine("caseload: " + Label(problem.Kind));
        Console.Error.WriteLine("  " + ConnectionText.Masked(problem.ToString()).Replace("\n", "\n  ", StringComparison.Ordinal));
        return (int)problem.Kind;
    }

    // The command without its options: a command line can hold a secret.
    private static string Name(ParseResult parsed) => string.Join(' ', Commands(parsed.CommandResult).Reverse());

    private static IEnumerable<string> Commands(CommandResult? result)
    {
        for (; result is not null; result = result.Parent as CommandResult)
            yield return result.Parent is null ? "caseload" : result.Command.Name;
    }

    private static string? EmptyValue(ParseResult parsed) => parsed.CommandResult.Children
        .Where(child => child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(child => child is OptionResult option ? option.Option.Name : (child as ArgumentResult)?.Argument.Name)
        .FirstOrDefault();

    // Leaving in this way lets what is half-written be taken away first; the platform's own way would not.
    private static PosixSignalRegistration Ending(PosixSignal signal, int code) => PosixSignalRegistration.Create(signal, context =>
    {
        if (context.Cancel) return;
        context.Cancel = true;
        Environment.Exit(code);
    });

    // The parser names types of the platform where a person wants words, and lists values on lines of their own.
    private static string Plain(string message) => TypeName().Replace(string.Join(' ', message.TrimEnd('.').Split(['\n', '\r', '\t'],
        StringSplitOptions.RemoveEmptyEntries)), match => match.Groups[1].Value switch
    {
        "Int32" => "a whole number",
        "Double" => "a number",
        _ => "one of the values that the help lists",
    });

    [GeneratedRegex(@"expected type '[\w.+`\[\]]*?(\w+)\]*'")]
    private static partial Regex TypeName();

    private static string Label(ProblemKind kind) => kind switch
    {
        ProblemKind.CheckFailed => "a check failed",
        ProblemKind.WrongUsage => "this command cannot be run as it stands",
        ProblemKind.Unreadable => "an input cannot be read, or an output written",
        _ => "there is no estimate",
    };
}
