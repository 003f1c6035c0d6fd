namespace Caseload.Testing;

/// <summary>
/// Programs of others that tests use. Where one is absent a test is skipped, and says so; with CASELOAD_REQUIRE_EXTERNAL=1, which CI
/// sets, it fails.
/// </summary>
internal static class External
{
    /// <summary>Goes on where something is present.</summary>
    /// <param name="isPresent">Whether it is.</param>
    /// <param name="absent">What to say where it is not: what is missing, and how to get it.</param>
    public static void Require(bool isPresent, string absent)
    {
        Assert.False(!isPresent && Environment.GetEnvironmentVariable("CASELOAD_REQUIRE_EXTERNAL") == "1", absent);
        Assert.SkipUnless(isPresent, absent);
    }
}
