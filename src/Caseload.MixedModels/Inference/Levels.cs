using System.Globalization;
using Caseload.Frames;

namespace Caseload.MixedModels.Inference;

/// <summary>Checks levels of confidence and other shares.</summary>
internal static class Levels
{
    /// <summary>Stops at a share that is not between 0 and 1.</summary>
    internal static void Require(double share, string name)
    {
        if (!(share is > 0 and < 1))
            throw new ProblemException(new Problem(ProblemKind.WrongUsage, string.Create(CultureInfo.InvariantCulture,
                $"a {name} of {share}"), "a number between 0 and 1", name, "Give 0.95 for 95%."));
    }
}
