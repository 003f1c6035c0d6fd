using System.Globalization;
using System.Text.Json;
using Caseload.Notebooks.Session;
using Caseload.Notebooks.Session.Stopping;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Answers <c>execute_request</c>: runs a cell and shows what it gives.</summary>
/// <param name="session">Runs it.</param>
/// <param name="history">Keeps its text.</param>
/// <param name="input">Asks the person.</param>
internal sealed class ExecuteHandler(KernelSession session, InputHistory history, InputRequests input)
{
    private volatile Execution? running;
    private int count;
    private int uncounted;

    /// <summary>Runs a cell and answers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="waiting">The requests after it: their cells are given up when this one fails.</param>
    public void Handle(KernelRequest request, RequestQueue waiting)
    {
        if (request.IsAborted)
        {
            request.Reply("aborted", _ => { });
            return;
        }

        if (ExecuteRequest.Read(request.Content) is not { } asked)
        {
            request.ReplyError(KernelError.Of("BadRequest", "the request holds no code"), WriteCount);
            return;
        }

        if (asked.IsCounted) count++;
        var execution = new Execution(request, asked, input);
        running = execution;
        try
        {
            var failure = RunSafely(execution, asked);
            if (failure is not null && (asked.StopsOnError || execution.IsInterrupted)) waiting.AbortCells();
            Reply(execution.Request, asked, failure);
        }
        finally
        {
            running = null;
        }
    }

    /// <summary>Stops the cell that runs; nothing where none does.</summary>
    public void Interrupt()
    {
        if (running is not { } execution) return;
        execution.IsInterrupted = true;
        session.IfMade?.Interrupt();
    }

    /// <summary>Answers for the cell that runs, where one does: it ended the process.</summary>
    public void EndByExit()
    {
        if (running is not { } execution) return;
        session.IfMade?.Flush();
        var error = KernelError.Of("ProcessExit", "the cell ended the kernel's process");
        execution.Request.Publish("error", error.Write);
        execution.Request.ReplyError(error, WriteCount);
        execution.Request.End();
    }

    // What the session itself throws, such as a file to import that may not be read, is an error of the cell like any other.
    private CellFailure? RunSafely(Execution execution, ExecuteRequest asked)
    {
        try
        {
            return Run(execution, asked);
        }
        catch (Exception e)
        {
            var name = e.GetType().Name;
            return Tell(execution, new CellFailure(name, e.Message, null, null, [$"{name}: {e.Message}"]));
        }
    }

    private CellFailure? Run(Execution execution, ExecuteRequest asked)
    {
        if (!asked.IsSilent)
        {
            execution.Request.Publish("execute_input", writer =>
            {
                writer.WriteString("code", asked.Code);
                WriteCount(writer);
            });
        }

        var entry = asked.IsCounted ? history.Add(count, asked.Code) : null;
        var runner = session.Value;
        if (execution.IsInterrupted) return Tell(execution, InterruptedFailure.Of(null, isLeftRunning: false));
        var run = runner.RunAsync(new CellSource(Name(asked), asked.Code, count), execution);

        // An interrupt that came after the look and before the cell found nothing to stop.
        if (execution.IsInterrupted) runner.Interrupt();
        var result = run.GetAwaiter().GetResult();
        if (entry is not null) entry.Output = execution.Result;
        return result.Failure;
    }

    private static CellFailure Tell(Execution execution, CellFailure failure)
    {
        execution.Take(new OutputShown(failure.ToOutput()));
        return failure;
    }

    // A session wants a name of its own for each cell, and a cell that is not counted has no number.
    private string Name(ExecuteRequest asked) => asked.IsCounted
        ? string.Create(CultureInfo.InvariantCulture, $"cell {count}")
        : string.Create(CultureInfo.InvariantCulture, $"unnumbered cell {++uncounted}");

    private void Reply(KernelRequest request, ExecuteRequest asked, CellFailure? failure)
    {
        if (failure is not null)
        {
            request.ReplyError(KernelError.Of(failure), WriteCount);
            return;
        }

        var values = asked.Expressions.Select(e => (e.Key, Evaluate(e.Value))).ToArray();
        request.ReplyOk(writer =>
        {
            WriteCount(writer);
            writer.WriteStartArray("payload");
            writer.WriteEndArray();
            writer.WriteStartObject("user_expressions");
            foreach (var (name, write) in values)
            {
                writer.WriteStartObject(name);
                write(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    private Action<Utf8JsonWriter> Evaluate(string expression)
    {
        var (value, failure) = session.Value.EvaluateAsync(expression).GetAwaiter().GetResult();
        return writer =>
        {
            writer.WriteString("status", failure is null ? "ok" : "error");
            if (failure is null) OutputMessages.WriteData(writer, value, []);
            else KernelError.Of(failure).Write(writer);
        };
    }

    private void WriteCount(Utf8JsonWriter writer) => writer.WriteNumber("execution_count", count);
}
