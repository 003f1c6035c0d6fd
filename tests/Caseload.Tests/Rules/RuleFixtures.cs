namespace Caseload.Tests.Rules;

/// <summary>A return that breaks one rule and no other, and one beside it that passes all.</summary>
/// <param name="Number">The rule.</param>
/// <param name="Label">What the two returns differ in.</param>
/// <param name="Breaks">Breaks the rule.</param>
/// <param name="Passes">Passes all rules.</param>
internal sealed record RuleFixture(string Number, string Label, FixtureReturn Breaks, FixtureReturn Passes)
{
    /// <summary>How many places break the rule.</summary>
    public int Places { get; init; } = 1;

    public override string ToString() => $"{Number}: {Label}";
}

/// <summary>One labelled fixture a rule. The census year is 2014-15 but where a rule asks for another.</summary>
internal static class RuleFixtures
{
    private const int Year = 2015;

    // 31 March is a Tuesday in 2015 and Easter lies later: the last working day before the census year 2014-15 is 31 March 2014.
    private const string LastDay = "2015-03-31";

    internal static IReadOnlyList<RuleFixture> All { get; } =
    [
        new("1520", "two children with one UPN; without a UPN they are not compared",
            Of(Child("A1") with { Upn = "A123456789012" }, Child("A2") with { Upn = "A123456789012" }),
            Of(Child("A1") with { Upn = "A123456789012" }, Child("A2") with { Upn = "B123456789012" }, Child("A3"), Child("A4")))
            { Places = 2 },
        new("4180", "no gender, and gender not recorded",
            Of(Child() with { Gender = "" }), Of(Child() with { Gender = "0" })),
        new("4220", "a code that is none, and ethnicity refused",
            Of(Child() with { Ethnicity = "XXXX" }), Of(Child() with { Ethnicity = "REFU" })),
        new("8500", "no LAchildID", Of(Child("")), Of(Child("A1"))),
        new("8510", "two children with one LAchildID", Of(Child("A1"), Child("A1")), Of(Child("A1"), Child("A2"))) { Places = 2 },
        new("8520", "born on 1 April and on 31 March of the census year's end",
            Of(Child(Referral(LastDay)) with { Birth = "2015-04-01" }), Of(Child(Referral(LastDay)) with { Birth = LastDay })),
        new("8540", "no disability where there was further action, and where there was none",
            Of(Child() with { Disabilities = "" }), Of(Child(new FixtureEpisode { Nfa = "true" }) with { Disabilities = "" })),
        new("8555Q", "referred on the day after death, and on the day",
            Of(Child() with { Death = "2014-06-01" }), Of(Child() with { Death = "2014-06-02" })),
        new("8568", "a mark that is none, and a mark in capitals",
            Of(Child(new FixtureEpisode { Nfa = "no" })), Of(Child(new FixtureEpisode { Nfa = "TRUE" }))),
        new("8569Q", "no further action on a referral of two working days before the census year, and of one",
            Of(Child(new FixtureEpisode { Referral = "2014-03-28", Nfa = "true" })),
            Of(Child(new FixtureEpisode { Referral = "2014-03-31", Nfa = "true" }))),
        new("8590", "a child without an episode", Of(new FixtureChild()), Of(Child())),
        new("8600", "no referral date, and one on the last day",
            Of(Child(Referral(""))), Of(Child(Referral(LastDay)))),
        new("8606", "referred 281 and 280 days before the expected date of birth",
            Of(Child(Referral("2014-06-02")) with { Birth = "", ExpectedBirth = "2015-03-10" }),
            Of(Child(Referral("2014-06-02")) with { Birth = "", ExpectedBirth = "2015-03-09" })),
        new("8610", "no primary need with further action, and without",
            Of(Child(new FixtureEpisode { Need = "" })), Of(Child(new FixtureEpisode { Need = "", Nfa = "1" }))),
        new("8620", "closed on the day before the census year, and on its first day",
            Of(Child(Closed("2014-03-03", "2014-03-31"))), Of(Child(Closed("2014-03-03", "2014-04-01")))),
        new("8630", "closed on the day before the referral, and on the day",
            Of(Child(Closed("2014-06-02", "2014-06-01"))), Of(Child(Closed("2014-06-02", "2014-06-02")))),
        new("8640", "early help as a reason before 2022-23, and in it",
            Of(Child(Closed("2014-06-02", "2014-07-01") with { Reason = "RC9" })),
            new FixtureReturn(2023, Child(Closed("2022-06-02", "2022-07-01") with { Reason = "RC9" }))),
        new("8650", "a need that is none of the codes, and a sub-code of one",
            Of(Child(new FixtureEpisode { Need = "N77" })), Of(Child(new FixtureEpisode { Need = "A2" }))),
        new("8790", "NONE beside another disability, and two others",
            Of(Child() with { Disabilities = "NONE;LD" }), Of(Child() with { Disabilities = "AUT;LD" })),
        new("8805", "a closure date without a reason, and with one",
            Of(Child(Closed("2014-06-02", "2014-07-01") with { Reason = "" })), Of(Child(Closed("2014-06-02", "2014-07-01")))),
        new("8810", "a reason without a closure date, and neither",
            Of(Child(new FixtureEpisode { Reason = "RC7" })), Of(Child())),
        new("8815", "two open episodes of the last day, and one of them without further action",
            Of(Child(Referral(LastDay), Referral(LastDay))),
            Of(Child(Referral(LastDay), Referral(LastDay) with { Nfa = "true" }))) { Places = 2 },
        new("8816", "an open episode before the latest, and as the latest",
            Of(Child(Referral("2014-06-02"), Referral(LastDay) with { Nfa = "true" })),
            Of(Child(Closed("2014-06-02", "2014-07-01"), Referral(LastDay)))),
        new("8820", "referred on the day before the other episode was closed, and on the day",
            Of(Child(Closed("2014-06-02", "2014-07-01"), Closed("2014-06-30", "2014-08-01"))),
            Of(Child(Closed("2014-06-02", "2014-07-01"), Closed("2014-07-01", "2014-08-01")))),
        new("8831", "an assessment with no further action, and with further action",
            Of(Child(new FixtureEpisode { Nfa = "true", Assessment = "2014-06-03" })),
            Of(Child(new FixtureEpisode { Assessment = "2014-06-03", Section47 = "2014-06-03", Conference = "2014-06-10" }))),
        new("8832", "a child protection plan with no further action, and with further action",
            Of(Child(new FixtureEpisode { Nfa = "true", ProtectionPlan = "2014-06-03" })),
            Of(Child(new FixtureEpisode { ProtectionPlan = "2014-06-03", Plan = "2014-06-03" }))),
        new("8866", "a referral of 1 April 2013 without a source, and of the day before",
            new FixtureReturn(2014, Child(Referral("2013-04-01") with { Source = "" })),
            new FixtureReturn(2014, Child(Referral("2013-03-31") with { Source = "" }))),
    ];

    private static FixtureReturn Of(params FixtureChild[] children) => new(Year, children);

    private static FixtureChild Child(params FixtureEpisode[] episodes) =>
        new(episodes.Length > 0 ? episodes : [new FixtureEpisode()]);

    private static FixtureChild Child(string id) => Child() with { Id = id };

    private static FixtureEpisode Referral(string date) => new() { Referral = date };

    private static FixtureEpisode Closed(string referral, string closure) => new() { Referral = referral, Closure = closure, Reason = "RC7" };
}
