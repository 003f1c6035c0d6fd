namespace Caseload.Schemas;

/// <summary>Runs work on several inputs side by side, with the result of running it on one after another.</summary>
internal static class InOrder
{
    /// <summary>Runs the work on each input.</summary>
    /// <returns>What it gave, in the order of the inputs.</returns>
    /// <exception cref="Exception">What the work threw on the first input, in their order, on which it threw.</exception>
    internal static TResult[] Run<T, TResult>(IReadOnlyList<T> inputs, Func<T, TResult> work)
    {
        var results = new TResult[inputs.Count];
        var failures = new System.Runtime.ExceptionServices.ExceptionDispatchInfo?[inputs.Count];
        Parallel.For(0, inputs.Count, (i, loop) =>
        {
            try
            {
                results[i] = work(inputs[i]);
            }
            catch (Exception e)
            {
                failures[i] = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);

                // Inputs before this one are still worked on: theirs may be the first failure.
                loop.Break();
            }
        });
        foreach (var failure in failures) failure?.Throw();
        return results;
    }
}
