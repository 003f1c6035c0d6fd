using Caseload.Benchmarks.Fits;
using Caseload.MixedModels;

namespace Caseload.Benchmarks.Peers;

/// <summary>Another program that fits a model.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Engine">Its name in <c>fit.R</c>.</param>
/// <param name="Objective">How its objective differs from the likelihood of the fit here; empty where it does not.</param>
internal sealed record Peer(string Name, string Engine, string Objective)
{
    /// <summary>Whether it maximises the same function, so that log-likelihoods may be compared.</summary>
    internal bool IsExact => Objective.Length == 0;

    private static readonly Peer Glm = new("glm", "glm", "no random effect at all");
    private static readonly Peer Glmer0 = new(
        "lme4 glmer, nAGQ = 0", "glmer0", "approximate: fixed effects profiled by penalised least squares");
    private static readonly Peer Bam = new("mgcv bam, discrete", "bam", "approximate: fast REML of a working model");
    private static readonly Peer GlmmTmb = new("glmmTMB, profile = TRUE", "glmmTMB", "");
    private static readonly Peer Glmer = new("lme4 glmer, defaults", "glmer", "");
    private static readonly Peer GlmerQuadrature = new("lme4 glmer, nAGQ = 7", "glmer7", "");
    private static readonly Peer Lmer = new("lme4 lmer, REML", "lmer", "");
    private static readonly Peer LmerMl = new("lme4 lmer, ML", "lmerML", "");

    /// <summary>Those that fit a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="slow">Whether those that take minutes are among them.</param>
    internal static IEnumerable<Peer> Of(Scenario scenario, bool slow)
    {
        if (scenario.Settings.Family == Family.Gaussian) return [scenario.Settings.Reml ? Lmer : LmerMl];
        if (scenario.Settings.QuadraturePoints > 1) return slow ? [GlmerQuadrature] : [];
        Peer[] quick = [Glm, .. HasSlope(scenario) ? Array.Empty<Peer>() : [Bam], Glmer0, GlmmTmb];
        return slow ? [.. quick, Glmer] : quick;
    }

    private static bool HasSlope(Scenario scenario) => scenario.Formula.Contains("(1+", StringComparison.Ordinal);
}
