using System.Globalization;
using Caseload.Frames;
using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session.Packages;
using Caseload.Notebooks.Session.Stopping;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Caseload.Notebooks.Session;

/// <summary>The way of a cell: its directives, what it imports, the compiler, and then its own code.</summary>
/// <param name="chain">The cells before it.</param>
/// <param name="sources">The session's texts.</param>
/// <param name="packages">The packages that cells ask for.</param>
/// <param name="settings">What the session stands on.</param>
internal sealed class CellSteps(SubmissionChain chain, SessionSources sources, SessionPackages packages, SessionSettings settings)
{
    private const string Expression = "expression";

    /// <summary>Runs a cell.</summary>
    /// <param name="run">The execution that it belongs to.</param>
    /// <param name="cell">The cell.</param>
    /// <returns>What stopped it; null where it came to its end.</returns>
    public Task<CellFailure?> RunAsync(CellRun run, CellSource cell) => RunTextAsync(run, cell, sources.PathOf(cell.Name));

    /// <summary>Finds the value of an expression.</summary>
    /// <param name="run">The execution that it belongs to.</param>
    /// <param name="expression">The expression.</param>
    public async Task<(MimeBundle? Value, CellFailure? Failure)> EvaluateAsync(CellRun run, string expression)
    {
        var text = SourceText.From(expression, System.Text.Encoding.UTF8);
        var members = CSharpSyntaxTree.ParseText(text, SubmissionCompiler.ParseOptions).GetCompilationUnitRoot().Members;
        if (members is not [GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } }])
        {
            const string Message = "one expression is expected, without a semicolon";
            return (null, new(Expression, Message, null, null, [Message]));
        }

        MimeBundle? bundle = null;
        var path = sources.PathOf(Expression);
        sources.Add(path, Expression, text);
        var failure = await RunCodeAsync(run, (text, path), isKept: false, value => bundle = run.Scope.Format(value, []))
            .ConfigureAwait(false);
        return (bundle, failure);
    }

    private async Task<CellFailure?> RunTextAsync(CellRun run, CellSource cell, string path)
    {
        var started = settings.Clock.GetTimestamp();
        var directives = CellDirectives.Read(cell, SubmissionCompiler.ParseOptions);
        if (directives.Failure is not null) return directives.Failure;
        foreach (var import in directives.Imports)
        {
            if (await ImportAsync(run, cell, import).ConfigureAwait(false) is { } failure) return failure;
        }

        if (await InstallAsync(run, cell, directives).ConfigureAwait(false) is { } wrong) return wrong;
        sources.Add(path, cell.Name, directives.Code);
        var result = await RunCodeAsync(run, (directives.Code, path), isKept: true,
            value => run.Scope.ShowResult(value, cell.ExecutionCount)).ConfigureAwait(false);
        if (directives.IsTimed)
        {
            var elapsed = settings.Clock.GetElapsedTime(started).TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture);
            run.Scope.Outputs.Add(new DisplayOutput(MimeBundle.Of("text/plain", $"Wall time: {elapsed} ms"), []));
        }

        return result;
    }

    private async Task<CellFailure?> RunCodeAsync(CellRun run, (SourceText Text, string Path) code, bool isKept, Action<object?> use)
    {
        // In this order: an interrupt that comes before the next line sees the first, and one that comes after it is seen by the second.
        run.IsPreparing = true;
        if (run.Scope.Threads.IsInterrupted) return InterruptedFailure.Of(null, isLeftRunning: false);
        PreparedCell prepared;
        try
        {
            prepared = chain.Prepare(code.Text, code.Path, isKept, run.Scope.Stopping);
        }
        catch (OperationCanceledException)
        {
            return InterruptedFailure.Of(null, isLeftRunning: false);
        }

        foreach (var notice in prepared.Notices) run.Scope.Outputs.Write(StreamName.Stderr, notice + "\n");
        if (prepared.Start is null) return prepared.Failure;
        try
        {
            run.IsPreparing = false;
            await InsideAsync(run.Scope, prepared.Start, use).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            // To find the line takes a moment, and whoever interrupted the cell waits for it.
            run.IsPreparing = true;
            return ThrownFailure.Of(e, sources, code.Path);
        }
    }

    private async Task<CellFailure?> InstallAsync(CellRun run, CellSource cell, CellDirectives directives)
    {
        run.IsPreparing = true;
        try
        {
            var (lines, wrong) = await packages.InstallAsync(directives.Packages, run.Scope.Stopping).ConfigureAwait(false);
            foreach (var line in lines) run.Scope.Outputs.Add(new DisplayOutput(MimeBundle.Of("text/plain", line), []));
            return wrong is null ? null : directives.PackageFailure(cell, wrong);
        }
        catch (OperationCanceledException) when (run.Scope.Threads.IsInterrupted)
        {
            return InterruptedFailure.Of(null, isLeftRunning: false);
        }
    }

    // The cell's own code, and what shows its value, which may be code of the cell too. The scope ends with this method.
    private static async Task InsideAsync(CellScope scope, Func<Task<object>> start, Action<object?> use)
    {
        CellScope.Current = scope;
        CellCheck.Pass();
        use(await start().ConfigureAwait(false));
    }

    private async Task<CellFailure?> ImportAsync(CellRun run, CellSource cell, string import)
    {
        var path = Path.GetFullPath(import, settings.Folder);
        if (!run.Importing.Add(path)) return Fail($"{import} imports itself, directly or through another file");
        try
        {
            foreach (var (part, partPath) in ImportedFile.Read(path, Path.GetRelativePath(settings.Folder, path), cell.ExecutionCount))
            {
                if (await RunTextAsync(run, part, partPath).ConfigureAwait(false) is { } failure)
                {
                    return failure with { Line = null, Column = null, Traceback = [.. failure.Traceback, $"imported by {cell.Name}"] };
                }
            }

            return null;
        }
        catch (ProblemException e)
        {
            return Fail($"{e.Problem.Found}; expected {e.Problem.Expected}: {import}");
        }
        finally
        {
            run.Importing.Remove(path);
        }

        CellFailure Fail(string message) => new("Directive", message, null, null, [$"{cell.Name}: {message}"]);
    }
}
