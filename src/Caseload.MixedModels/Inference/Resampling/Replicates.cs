using System.Runtime.ExceptionServices;

namespace Caseload.MixedModels.Inference.Resampling;

/// <summary>Replicates side by side.</summary>
internal static class Replicates
{
    /// <summary>Runs all replicates; what the first of them throws stops the others and comes out as it is.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="options">On how many processors, and what stops them.</param>
    /// <param name="room">Makes room to work in, of which each replicate has one to itself.</param>
    /// <param name="body">One replicate.</param>
    internal static void ForEach<T>(int count, ParallelOptions options, Func<T> room, Action<int, T> body)
    {
        try
        {
            Parallel.For(0, count, options, room, (replicate, _, own) =>
            {
                body(replicate, own);
                return own;
            }, static _ => { });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }
}
