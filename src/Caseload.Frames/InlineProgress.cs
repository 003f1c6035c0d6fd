namespace Caseload.Frames;

/// <summary>
/// Hands each report on at once, on the thread that reports. (<see cref="Progress{T}"/> hands it to another thread, and the last report
/// may come after the work is done.) In a notebook: <c>new InlineProgress&lt;StepProgress&gt;(p => shown.Update(p))</c>.
/// </summary>
/// <typeparam name="T">What is reported.</typeparam>
/// <param name="report">Takes it.</param>
public sealed class InlineProgress<T>(Action<T> report) : IProgress<T>
{
    /// <inheritdoc/>
    public void Report(T value) => report(value);
}
