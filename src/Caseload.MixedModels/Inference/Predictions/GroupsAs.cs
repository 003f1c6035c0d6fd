namespace Caseload.MixedModels;

/// <summary>Which groups a prediction is for.</summary>
public enum GroupsAs
{
    /// <summary>All groups that there could be: the mean of the response, integrated over the random effects.</summary>
    Averaged,

    /// <summary>A group whose random effects are 0. It is not the mean over groups, unless the link is the identity.</summary>
    AtZero,

    /// <summary>The groups named in the data, at their conditional modes.</summary>
    Known,

    /// <summary>One group that the fit has not seen: the mean over such groups, with the interval that holds the mean of one.</summary>
    Unseen,
}

/// <summary>How an interval is made of the estimates' covariance.</summary>
public enum IntervalMethod
{
    /// <summary>By the first derivatives, on the scale of the link, carried back.</summary>
    Delta,

    /// <summary>
    /// By drawing estimates from their normal approximation: quantiles of the predictions. Of known groups, whose predictor is normal in
    /// that approximation, these are the ends that the delta method has.
    /// </summary>
    Simulation,
}

/// <summary>How to predict.</summary>
public sealed record PredictionSettings
{
    /// <summary>Which groups the prediction is for. Default: averaged over all.</summary>
    public GroupsAs Groups { get; init; } = GroupsAs.Averaged;

    /// <summary>The level of the intervals. Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>How the intervals are made. Default: the delta method.</summary>
    public IntervalMethod Method { get; init; } = IntervalMethod.Delta;

    /// <summary>The number of draws of a simulation, from 100. Default: 2,000.</summary>
    public int Draws { get; init; } = 2000;

    /// <summary>The seed of a simulation. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Stops where a setting is out of its range.</summary>
    internal void Require()
    {
        const int Fewest = 100;
        Inference.Levels.Require(Level, "level");
        if (Draws < Fewest)
            throw new Frames.ProblemException(new Frames.Problem(Frames.ProblemKind.WrongUsage,
                FormattableString.Invariant($"{Draws} draws"), FormattableString.Invariant($"{Fewest} or more"), "draws",
                "Draw 2000: fewer leave the ends of intervals to chance."));
    }
}
