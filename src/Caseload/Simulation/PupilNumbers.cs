using System.Globalization;

namespace Caseload.Simulation;

/// <summary>
/// Pupil numbers of the form that the census knows: a check letter, the authority, the school, the year and a serial number. Authorities
/// 001
/// to 145 do not exist (real ones begin at 201), so no pupil ever had such a number.
/// </summary>
internal static class PupilNumbers
{
    private const string CheckLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";
    private const int FirstSchool = 1000;
    private const int SerialsASchool = 1000;
    private const int EntryAge = 5;

    /// <summary>The number of a child.</summary>
    /// <param name="authority">The code of the authority that gave it.</param>
    /// <param name="child">The child's place there.</param>
    /// <param name="birth">The day of birth.</param>
    internal static string Of(string authority, int child, int birth)
    {
        var year = (DateOnly.FromDayNumber(birth).Year + EntryAge) % 100;
        var digits = string.Create(CultureInfo.InvariantCulture,
            $"{authority}{FirstSchool + (child / SerialsASchool):0000}{year:00}{child % SerialsASchool:000}");
        var sum = 0;
        for (var i = 0; i < digits.Length; i++) sum += (digits[i] - '0') * (i + 2);
        return CheckLetters[sum % CheckLetters.Length] + digits;
    }
}
