using Caseload.Frames.Databases;

namespace Caseload.Frames.Tests.Databases;

/// <summary>A person's query, which stands inside another: nothing after its end, and nothing in its text or comments, ends it early.</summary>
public sealed class DatabaseQueryTests
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("select 1;", "select 1")]
    [InlineData("select 1 ; -- done; really\n/* ; */ ;", "select 1 ")]
    [InlineData("select ';' as \"a;b\" from t -- last;", "select ';' as \"a;b\" from t -- last;")]
    [InlineData("select 'it''s;' ; ", "select 'it''s;' ")]
    [InlineData("select $$;$$, $tag$ ; $$ ; $tag$;", "select $$;$$, $tag$ ; $$ ; $tag$")]
    [InlineData("select E'\\';' , e''; ", "select E'\\';' , e''")]
    [InlineData("select $1 + a$b$;", "select $1 + a$b$")]
    [InlineData("/* a /* ; nested */ ; */ select 1;", "/* a /* ; nested */ ; */ select 1")]
    [InlineData("select `a;b` from t", "select `a;b` from t")]
    public void Ends_at_its_semicolon_and_not_at_one_in_text_or_comments(string sql, string text) =>
        Assert.Equal(text, DatabaseQuery.Parse(sql).Text);

    [Theory]
    [InlineData("select 1; select 2")]
    [InlineData("select 1; drop table t; --")]
    [InlineData("select 'a';'b'")]
    public void A_second_statement_is_wrong_usage(string sql)
    {
        var problem = Assert.Throws<ProblemException>(() => DatabaseQuery.Parse(sql, "--query")).Problem;

        Assert.Equal((ProblemKind.WrongUsage, "more than one statement", "--query"), (problem.Kind, problem.Found, problem.Where));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ;; -- nothing")]
    [InlineData("/* select 1 */")]
    public void A_query_that_holds_no_statement_is_wrong_usage(string sql) =>
        Assert.Equal(ProblemKind.WrongUsage, Assert.Throws<ProblemException>(() => DatabaseQuery.Parse(sql)).Problem.Kind);

    [Theory]
    [InlineData("-- first\n ( SELECT 1 )", true)]
    [InlineData("with t as (select 1) select * from t", true)]
    [InlineData("values (1)", true)]
    [InlineData("delete from t returning *", false)]
    [InlineData("selection", false)]
    [InlineData("exec report", false)]
    public void Is_known_by_its_first_word(string sql, bool isQuery) => Assert.Equal(isQuery, DatabaseQuery.Parse(sql).IsQuery);

    [Fact]
    public void Stands_on_lines_of_its_own_inside_another_so_that_its_comments_hide_nothing()
    {
        var statement = DatabaseQuery.Parse("select 1 -- one").Within("SELECT *", "WHERE 1 = 0");

        Assert.Equal("SELECT * FROM (\nselect 1 -- one\n) q WHERE 1 = 0", statement.Text);
        Assert.Equal("select 1 -- one", statement.Text.Substring(statement.QueryStart, 15));
    }
}
