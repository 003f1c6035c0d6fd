namespace Caseload.Figures.Charts;

/// <summary>How the classes of authorities look in every chart.</summary>
/// <param name="Class">The class.</param>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Colour">Its colour.</param>
/// <param name="Symbol">Its form.</param>
internal sealed record ExpectationLook(ExpectationClass Class, string Name, Colour Colour, Symbol Symbol)
{
    internal static IReadOnlyList<ExpectationLook> All { get; } =
    [
        new(ExpectationClass.Below, "Below expectation", Palette.Blue, Symbol.TriangleDown),
        new(ExpectationClass.AsExpected, "As expected", new Colour(0x76, 0x80, 0x8a), Symbol.Circle),
        new(ExpectationClass.Above, "Above expectation", Palette.Orange, Symbol.TriangleUp),
    ];

    internal static ExpectationLook Of(ExpectationClass of) => All.Single(look => look.Class == of);
}
