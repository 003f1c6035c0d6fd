namespace Caseload.Reports;

/// <summary>The script that makes charts interactive. The build fetches it through npm where npm is present.</summary>
public static class PlotlyAsset
{
    /// <summary>The path of <c>assets/plotly.min.js</c> beside the assembly, or null where the build had no npm.</summary>
    public static string? Find()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "assets", "plotly.min.js");
        return File.Exists(path) ? path : null;
    }
}
