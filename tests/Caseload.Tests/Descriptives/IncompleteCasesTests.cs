using Caseload.Descriptives;
using Caseload.Tests.Results;

namespace Caseload.Tests.Descriptives;

public sealed class IncompleteCasesTests
{
    [Fact]
    public void Combinations_are_counted_among_the_eligible_the_most_frequent_first()
    {
        var cohort = SampleCohort.Of(
        [
            new(), new(), new() { Sex = null }, new() { Need = null, Disabled = null }, new() { Need = null, Disabled = null },
            new() { Need = null, Disabled = null }, new() { Need = null, Eligible = false }, new() { Cin = null },
        ]);

        Assert.Equal([new("disability;need", 3), new("", 2), new("area", 1), new("sex", 1)], IncompleteCases.Of(cohort));
    }
}
