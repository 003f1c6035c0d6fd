using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Formatting;

namespace Caseload.Notebooks.Tests.Formatting;

public sealed class ValueTableTests
{
    private readonly ValueFormatter formatter = new();

    private sealed record Row(int Id, string? Name, DateOnly? Day);

    private sealed record Node(string Name)
    {
        public Node? Next { get; set; }
    }

    private sealed class Plain(int size)
    {
        public int Size { get; } = size;

        public Plain? Inner { get; set; }
    }

    private sealed class Broken
    {
        public int Good => 1;

        public int Bad => throw new InvalidOperationException("no");
    }

    private MimeBundle Shown(object value) => formatter.Format(value)!;

    private string Text(object value) => Shown(value).Text("text/plain")!;

    private string Html(object value) => Shown(value).Text("text/html")!;

    [Fact]
    public void A_table_says_the_types_of_its_columns_and_puts_numbers_to_the_right()
    {
        var rows = new[] { new Row(1, "a", new(2020, 1, 2)), new Row(100, null, null) };
        Assert.Equal("""
             Id  Name    Day
            int  string  DateOnly?
              1  a       2020-01-02
            100  null    null
            (2 rows)
            """, Text(rows));
        var html = Html(rows);
        Assert.StartsWith(
            "<table><caption>2 rows</caption><thead><tr><th scope=\"col\" style=\"text-align:right\">Id<br><small>int</small></th>",
            html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:right\">100</td><td><em>null</em></td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_like_markup_is_shown_as_text()
    {
        var html = Html(new Dictionary<string, object> { ["<b>"] = "<script>alert(1)</script>\"&" });
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_has_keys_and_values() => Assert.Equal("""
        Key     Value
        string  List<int>
        a       [1, 2]
        b       [1, 2, 3, … 1,000 items]
        (2 rows)
        """, Text(new SortedDictionary<string, List<int>> { ["a"] = [1, 2], ["b"] = [.. Enumerable.Range(1, 1000)] }));

    [Fact]
    public void A_record_is_a_line_in_a_terminal_and_a_table_on_a_page()
    {
        var row = new Row(1, "a", null);
        Assert.Equal("Row { Id = 1, Name = a, Day = null }", Text(row));
        Assert.Equal("{ Size = 1.5, Name = x }", Text(new { Size = 1.5, Name = "x" }));
        Assert.Contains("<caption>Row</caption>", Html(row), StringComparison.Ordinal);
        Assert.Contains("<tr><th scope=\"row\">Day</th><td>DateOnly?</td><td><em>null</em></td></tr>", Html(row), StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_within_objects_are_shortened_and_a_ring_comes_to_an_end()
    {
        Assert.Contains("Plain { Size = 2, Inner = null }", Text(new Plain(1) { Inner = new Plain(2) }), StringComparison.Ordinal);
        var node = new Node("a");
        node.Next = new Node("b") { Next = node };
        Assert.Contains("Node { … }", Text(node), StringComparison.Ordinal);
        Assert.Contains("Node { … }", Text(new[] { new { node } }), StringComparison.Ordinal);
        var list = new List<object>();
        list.Add(list);
        Assert.Contains("1 item", Text(list), StringComparison.Ordinal);
    }

    [Fact]
    public void Matrices_are_tables() => Assert.Equal("""
        row    0    1
             int  int
          0    1   -2
          1    3   40
        (2 rows)
        """, Text(new[,] { { 1, -2 }, { 3, 40 } }));

    [Fact]
    public void Wide_tables_and_long_texts_are_cut_and_say_so()
    {
        Assert.EndsWith("(1 row; 30 of 45 columns shown)", Text(new double[1, 45]), StringComparison.Ordinal);
        var text = Text(new[] { new string('x', 1000) });
        Assert.EndsWith("(1 row; texts cut at 200 characters)", text, StringComparison.Ordinal);
        Assert.Contains(new string('x', 200) + "…", text, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 201), text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_getter_throws_is_told_in_its_cell()
    {
        Assert.Contains("(InvalidOperationException)", Text(new[] { new Broken() }), StringComparison.Ordinal);
        Assert.Contains("Good", Text(new Broken()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_that_throws_midway_shows_what_came_before()
    {
        static IEnumerable<int> Failing()
        {
            yield return 7;
            throw new InvalidOperationException("no more");
        }

        Assert.Equal("value\n  int\n    7\n(1 row, then InvalidOperationException: no more)", Text(Failing()));
    }

    [Fact]
    public void Columns_of_several_types_and_rows_of_several_kinds_fit_into_one_table()
    {
        var text = Text(new object?[] { 1, "a", null, new { Other = 2 } });
        Assert.Contains("object", text, StringComparison.Ordinal);
        Assert.Contains("Other", text, StringComparison.Ordinal);
        Assert.EndsWith("(4 rows)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_of_nothing_says_so() => Assert.Equal("(0 rows)", Text(Array.Empty<int>()));

    [Fact]
    public void A_task_that_is_not_done_is_not_waited_for() =>
        Assert.Equal("Task<int> (WaitingForActivation)", Text(new TaskCompletionSource<int>().Task));
}
