using Caseload.MixedModels.Inference;

namespace Caseload.MixedModels.Tests.Inference;

/// <summary>Holds what an inference prints against the width of a terminal.</summary>
internal static class Printed
{
    private const int Width = 100;

    internal static void Fits(InferenceResult result)
    {
        var text = result.ToString();
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= Width, line));
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        var html = result.ToHtml();
        Assert.StartsWith("<section class=\"inference\">", html, StringComparison.Ordinal);
        Assert.Equal(result.Tables().Sum(table => table.Rows.Length + 1), html.Split("<tr>").Length - 1);
        Assert.All(result.Tables(), table => Assert.All(table.Rows, row => Assert.Equal(table.Header.Length, row.Length)));
    }
}
