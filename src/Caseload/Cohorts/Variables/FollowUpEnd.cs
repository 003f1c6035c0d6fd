namespace Caseload.Cohorts.Variables;

/// <summary>Why a child's follow-up ends, as in the code list <c>follow-up-end</c>.</summary>
public enum FollowUpEnd
{
    /// <summary>The first re-referral: the event.</summary>
    Rereferred,

    /// <summary>The last day of follow-up.</summary>
    EndOfFollowUp,

    /// <summary>The 18th birthday: from that day on no referral of a child can come.</summary>
    EighteenthBirthday,

    /// <summary>Death.</summary>
    Died,
}
