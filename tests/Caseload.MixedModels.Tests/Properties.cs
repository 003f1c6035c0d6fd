using FsCheck;
using FsCheck.Fluent;

namespace Caseload.MixedModels.Tests;

/// <summary>Checks properties over generated cases; the seed is fixed, so that a failure comes back.</summary>
internal static class Properties
{
    internal static void Hold<T>(Gen<T> cases, Action<T> assertion, int count = 25) =>
        Prop.ForAll(cases.ToArbitrary(), assertion)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20170101, 1).WithQuietOnSuccess(true));

    /// <summary>Simulated data by their seed.</summary>
    internal static void HoldOnData(Action<Caseload.Frames.Frame> assertion, int count = 25) =>
        Hold(Gen.Choose(1, 100_000), seed => assertion(Simulated.TwoLevel(seed)), count);
}
