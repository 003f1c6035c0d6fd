using FsCheck;
using FsCheck.Fluent;

namespace Caseload.Tests;

/// <summary>Checks properties over generated cases; the seed is fixed, so that a failure comes back.</summary>
internal static class Properties
{
    internal static void Hold<T>(Gen<T> cases, Action<T> assertion, int count = 100) =>
        Prop.ForAll(cases.ToArbitrary(), assertion).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20170701, 1).WithQuietOnSuccess(true));
}
