namespace Caseload.Models.MissingData;

/// <summary>
/// Draws the effects of authorities given the coefficients and the standard deviation: normal about the mode of their density, with the
/// variance that its curvature there gives. An authority without children whose value is known has the normal distribution of all.
/// </summary>
internal static class AuthorityEffects
{
    // Newton's steps from 0 on a concave function: a handful is enough, and the last is far below any standard error.
    private const int Steps = 25;
    private const double Short = 1e-8;

    /// <summary>Adds a drawn effect to what each authority adds to the log-odds.</summary>
    internal static void Add(PredictorDraw predictor, double deviation, IReadOnlyList<TrainingCell> training, ImputationDraws draws)
    {
        if (deviation == 0) return;
        var effects = new double[predictor.Area.Length];
        var precision = 1 / (deviation * deviation);
        var first = 0;
        for (var authority = 0; authority < effects.Length; authority++)
        {
            // The cells stand in the order of authorities.
            var end = first;
            while (end < training.Count && training[end].Authority == authority) end++;
            var (mode, curvature) = Mode(predictor, precision, training, first, end);
            effects[authority] = mode + draws.Normal() / Math.Sqrt(curvature);
            first = end;
        }

        for (var authority = 0; authority < effects.Length; authority++) predictor.Area[authority] += effects[authority];
    }

    private static (double Mode, double Curvature) Mode(
        PredictorDraw predictor, double precision, IReadOnlyList<TrainingCell> training, int first, int end)
    {
        var effect = 0.0;
        for (var step = 0; ; step++)
        {
            var (slope, curvature) = (-precision * effect, precision);
            for (var i = first; i < end; i++)
            {
                var cell = training[i];
                var predicted = 1 / (1 + Math.Exp(-predictor.Child[cell.Pattern] - predictor.Area[cell.Authority] - effect));
                var children = cell.Hits + cell.Misses;
                slope += cell.Hits - children * predicted;
                curvature += children * predicted * (1 - predicted);
            }

            var move = slope / curvature;
            if (Math.Abs(move) < Short || step == Steps) return (effect, curvature);
            effect += Math.Clamp(move, -1, 1);
        }
    }
}
