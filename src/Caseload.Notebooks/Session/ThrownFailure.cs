using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Caseload.Notebooks.Session;

/// <summary>Tells what an exception says, and the way to it through the notebook's own lines; neither the host's nor a library's.</summary>
internal static partial class ThrownFailure
{
    private const int MostFramesTold = 20;
    private const int MostErrorsTold = 5;

    // What the compiler calls the method that a cell's top-level code becomes.
    private const string CellBody = "Initialize";

    /// <summary>The failure that an exception makes.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="sources">The session's source texts.</param>
    /// <param name="cellPath">The path under which the cell was compiled.</param>
    public static CellFailure Of(Exception thrown, SessionSources sources, string cellPath)
    {
        var traceback = new List<string>();
        int? line = null;
        var told = Told(thrown).ToArray();
        foreach (var (lead, e) in told)
        {
            traceback.Add(lead + TypeName(e) + ": " + MessageOf(e));
            var frames = Frames(e, sources);
            traceback.AddRange(frames.Take(MostFramesTold).SelectMany(f => Tell(f, sources)));
            if (frames.Length > MostFramesTold) traceback.Add($"  and {frames.Length - MostFramesTold} more calls");
            line ??= LineOf(frames);
        }

        // Where the cell only waited for what threw elsewhere, the line of the wait is in the wrapper.
        line ??= LineOf(Frames(thrown, sources));
        return new(TypeName(told[0].Error), MessageOf(told[0].Error), line, null, traceback);

        int? LineOf(StackFrame[] frames) => frames.FirstOrDefault(f => f.GetFileName() == cellPath)?.GetFileLineNumber();
    }

    // What a wait for tasks or a call by reflection wraps around an exception says nothing to the person who wrote the cell.
    private static IEnumerable<(string Lead, Exception Error)> Told(Exception thrown)
    {
        var lead = "";
        foreach (var first in Unwrapped(thrown).Take(MostErrorsTold))
        {
            yield return (lead, first);
            foreach (var cause in Causes(first)) yield return ("caused by ", cause);
            lead = "and ";
        }
    }

    private static IEnumerable<Exception> Causes(Exception e) => e.InnerException is { } inner
        ? Unwrapped(inner).Take(1).SelectMany(cause => Causes(cause).Prepend(cause))
        : [];

    private static IEnumerable<Exception> Unwrapped(Exception e) => e switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.SelectMany(Unwrapped),
        TargetInvocationException { InnerException: { } inner } => Unwrapped(inner),
        _ => [e],
    };

    private static StackFrame[] Frames(Exception e, SessionSources sources) =>
        [.. new StackTrace(e, fNeedFileInfo: true).GetFrames().Where(f => sources.Knows(f.GetFileName()))];

    private static IEnumerable<string> Tell(StackFrame frame, SessionSources sources)
    {
        var path = frame.GetFileName()!;
        var line = frame.GetFileLineNumber();
        yield return $"  at {sources.NameOf(path)}, line {line}{MethodName(frame.GetMethod())}";
        if (sources.Line(path, line) is { } text) yield return "    " + text.Trim();
    }

    // An exception of the notebook may have a message that throws, or none.
    private static string MessageOf(Exception e)
    {
        try
        {
            return e.Message ?? "";
        }
        catch (Exception fault)
        {
            return $"(its message cannot be read: {fault.GetType().Name})";
        }
    }

    // Types of the notebook lie within the class that holds a cell's code; that class is no name that a reader knows.
    private static string TypeName(Exception e) =>
        CellClass().Replace(e.GetType().FullName ?? e.GetType().Name, "").Replace('+', '.');

    // The compiler puts a cell's code, lambdas and async methods into members with names in angle brackets.
    private static string MethodName(MethodBase? method)
    {
        if (method is null) return "";
        var name = method.Name == "MoveNext" ? method.DeclaringType?.Name ?? "" : method.Name;
        var given = GivenName().Match(name);
        if (given.Success) name = given.Groups[1].Value;
        return name.Length == 0 || name[0] is '<' || name is ".ctor" or ".cctor" or CellBody ? "" : $", in {name}";
    }

    [GeneratedRegex(@"^Submission#\d+\+")]
    private static partial Regex CellClass();

    [GeneratedRegex(@"^<<?(\w+)>")]
    private static partial Regex GivenName();
}
