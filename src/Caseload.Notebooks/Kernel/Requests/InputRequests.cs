using Caseload.Notebooks.Kernel.Messages;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Kernel.Requests;

/// <summary>Questions to the person at the front end: one at a time, asked of the client that sent the cell.</summary>
internal sealed class InputRequests
{
    private readonly Lock asking = new();
    private readonly object gate = new();
    private Question? current;

    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="cell">The request to run the cell that asks.</param>
    /// <param name="question">What it asks.</param>
    /// <returns>The answer; null where the client does not have the channel for questions open.</returns>
    /// <exception cref="OperationCanceledException">The cell was interrupted.</exception>
    public string? Ask(KernelRequest cell, InputRequest question)
    {
        lock (asking)
        {
            var asked = new Question(cell.Message);
            lock (gate) current = asked;
            using var stopping = question.Stopping.Register(Cancel);
            try
            {
                var isSent = cell.Ask("input_request", writer =>
                {
                    writer.WriteString("prompt", question.Prompt);
                    writer.WriteBoolean("password", question.IsPassword);
                });
                return isSent ? Wait(asked) : null;
            }
            finally
            {
                lock (gate) current = null;
            }
        }
    }

    /// <summary>Takes an answer. One that nobody waits for, or of another client than the one asked, is passed over.</summary>
    /// <param name="message">What came by the channel for questions.</param>
    public void Take(JupyterMessage message)
    {
        if (message.Header.Type != "input_reply" || message.Content.Text("value") is not { } answer) return;
        lock (gate)
        {
            if (current is null || current.IsDone || message.Peer != current.Cell.Peer) return;
            (current.Answer, current.IsDone) = (answer, true);
            Monitor.PulseAll(gate);
        }
    }

    private void Cancel()
    {
        lock (gate)
        {
            if (current is null) return;
            current.IsDone = true;
            Monitor.PulseAll(gate);
        }
    }

    private string Wait(Question asked)
    {
        lock (gate)
        {
            while (!asked.IsDone) Monitor.Wait(gate);
            return asked.Answer ?? throw new OperationCanceledException("interrupted while waiting for input");
        }
    }

    private sealed class Question(JupyterMessage cell)
    {
        public JupyterMessage Cell => cell;

        public string? Answer { get; set; }

        public bool IsDone { get; set; }
    }
}
