namespace Caseload.Browsers;

/// <summary>Which browser is started, and how long it is waited for.</summary>
/// <param name="Program">The program's path.</param>
public sealed record BrowserSettings(string Program)
{
    /// <summary>How long the browser may take to start. Default: 30 s; it usually takes 1 to 2.</summary>
    public TimeSpan StartLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it may take to answer a command. Default: 30 s; a picture usually takes 0.05.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(30);
}
