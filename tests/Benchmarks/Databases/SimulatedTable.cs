namespace Caseload.Benchmarks.Databases;

/// <summary>
/// A table of simulated children, made inside the database: 150 authorities with a figure each of CIN per social worker and referral rate,
/// children of 13 ages, both sexes, with disability, need and no further action, and an outcome drawn from a model with an interaction.
/// PostgreSQL's random numbers follow from the seed.
/// </summary>
internal static class SimulatedTable
{
    /// <summary>The model that is fitted.</summary>
    internal const string Formula =
        "rereferred ~ age + female + disabled + nfa + need + I((cin - 15)/5) * I((rate - 550)/250) + (1 | authority)";

    /// <summary>The effect of the product of the authorities' figures that the outcome is drawn with.</summary>
    internal const double Interaction = 0.06;

    /// <summary>The columns that the model names.</summary>
    internal const string Columns = "rereferred, age, female, disabled, nfa, need, cin, rate, authority";

    /// <summary>The statements that end the work of making the table, so that nothing of it is left to whoever reads first.</summary>
    internal const string Settle = "vacuum analyze cohort; checkpoint;";

    /// <summary>The statements that make the table <c>cohort</c>.</summary>
    internal static string Sql(int rows) => FormattableString.Invariant($"""
        drop table if exists cohort, area;
        select setseed(0.2017);
        create table area as
          select code, 201 + code as number, round((6 + 20 * random())::numeric, 1)::float8 as cin,
                 round((200 + 800 * random())::numeric)::float8 as rate,
                 0.1 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) as effect
          from generate_series(0, 149) code;
        create unlogged table cohort with (autovacuum_enabled = off) as
          select i as child, number::text as authority, age, female, disabled, nfa, 'N' || need as need, cin, rate,
                 u < 1 / (1 + exp(-(0.3 - 0.03 * age + 0.1 * female::int + 0.15 * disabled::int + 0.2 * nfa::int - 0.04 * need
                   - 0.05 * (cin - 15) / 5 + 0.1 * (rate - 550) / 250 + {Interaction} * (cin - 15) / 5 * (rate - 550) / 250 + effect)))
                 as rereferred
          from (select i, floor(150 * random())::int as code, floor(13 * random())::int as age, random() < 0.47 as female,
                       random() < 0.14 as disabled, random() < 0.13 as nfa, 1 + floor(9 * random() * random())::int as need, random() as u
                from generate_series(1, {rows}) i offset 0) child
          join area using (code);
        """);
}
