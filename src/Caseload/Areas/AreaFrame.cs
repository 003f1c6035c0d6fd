using Caseload.Frames;

namespace Caseload.Areas;

/// <summary>Areas as columns.</summary>
internal static class AreaFrame
{
    internal static Frame Of(IReadOnlyList<Area> areas)
    {
        TextColumn Text(string name, Func<Area, string?> cell) => TextColumn.Of(name, areas.Select(cell));
        NumberColumn Number(string name, Func<Area, double?> cell) => new(name, [.. areas.Select(a => cell(a) ?? double.NaN)]);
        return new Frame([
            Text(AreaColumns.Authority, a => a.Authority),
            Text(AreaColumns.Name, a => a.Name),
            Text(AreaColumns.Region, a => a.Region),
            Number(AreaColumns.ReferralRatePer10000, a => a.ReferralRatePer10000),
            Number(AreaColumns.CinPerSocialWorker, a => a.CinPerSocialWorker),
            new IntegerColumn(AreaColumns.Year, [.. areas.Select(a => a.Year)]),
            Number(AreaColumns.FirstReferralRatePer10000, a => a.FirstReferralRatePer10000),
            Number(AreaColumns.Deprivation, a => a.Deprivation),
            Text(AreaColumns.OnsCode, a => a.OnsCode),
            Number(AreaColumns.Referrals, a => a.Referrals),
            Number(AreaColumns.ReReferrals, a => a.ReReferrals),
            Number(AreaColumns.CinStock, a => a.CinStock),
            Number(AreaColumns.SocialWorkersFte, a => a.SocialWorkersFte),
            Text(AreaColumns.WorkforceBasis, a => Lower(a.WorkforceBasis)),
            Text(AreaColumns.WorkforceCovers, a => a.WorkforceCovers),
            Number(AreaColumns.CaseloadFte, a => a.CaseloadFte),
            Number(AreaColumns.ReReferralPercent, a => a.ReReferralPercent),
            Number(AreaColumns.NfaPercent, a => a.NfaPercent),
            Text(AreaColumns.SourceKind, a => Lower(a.SourceKind)),
        ]);
    }

    /// <summary>A code as it stands in the table: the name of the value in small letters.</summary>
    internal static string? Lower<T>(T? value)
        where T : struct, Enum => value?.ToString().ToLowerInvariant();
}
