using Caseload.Notebooks.Documents;
using Caseload.Notebooks.Session;

namespace Caseload.Notebooks.Tests.Session.Displays;

public sealed class DisplayedValueTests : IDisposable
{
    private readonly SessionDriver session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public void A_display_changes_in_place()
    {
        session.Run("var shown = display(1); Console.Write(\"text\"); shown.Update(2); shown.Update(3);");
        var id = Assert.IsType<OutputShown>(session.Events[0]).DisplayId;
        Assert.NotNull(id);
        Assert.Equal(["2", "3"], Updates(id));
        Assert.Equal(2, session.Outputs.Count);
    }

    [Fact]
    public void A_later_cell_changes_it_too()
    {
        session.Run("var shown = \"a\".Display();");
        var id = Assert.IsType<OutputShown>(session.Events[0]).DisplayId!;
        session.Run("shown.Update(\"b\");");
        Assert.Equal(["b"], Updates(id));
        Assert.Empty(session.Outputs);
    }

    [Fact]
    public void A_display_that_ends_a_cell_is_not_shown_twice()
    {
        session.Run("display(1)");
        Assert.Single(session.Outputs);
        session.Run("2.Display()");
        Assert.Single(session.Outputs);
        session.Run("\"<svg/>\".DisplayAs(\"image/svg+xml\")");
        Assert.Single(session.Outputs);
    }

    [Fact]
    public void Null_shows_nothing_until_there_is_a_value()
    {
        session.Run("var shown = display(null);");
        Assert.Empty(session.Events);
        session.Run("shown.Update(5);");
        Assert.Equal("5", Assert.IsType<DisplayOutput>(Assert.Single(session.Outputs)).Data.Text("text/plain"));
    }

    [Fact]
    public void An_update_keeps_to_the_MIME_types_of_the_display()
    {
        session.Run("display(new[] { 1 }, \"text/plain\").Update(new[] { 2 });");
        Assert.Equal(["text/plain"], Assert.Single(session.Events.OfType<DisplayUpdated>()).Data.MimeTypes);
    }

    [Fact]
    public void Displays_of_two_sessions_have_different_names()
    {
        session.Run("display(1);");
        using var other = new SessionDriver();
        other.Run("display(1);");
        Assert.NotEqual(((OutputShown)session.Events[0]).DisplayId, ((OutputShown)other.Events[0]).DisplayId);
    }

    [Fact]
    public void Progress_changes_seldom_and_the_last_always_shows()
    {
        session.Run("""
            IProgress<string> progress = display("start");
            for (var i = 0; i < 100_000; i++) progress.Report($"step {i}");
            """);
        var id = Assert.IsType<OutputShown>(session.Events[0]).DisplayId!;
        Assert.Equal("step 99999", Updates(id)[^1]);
        Assert.InRange(Updates(id).Length, 1, 2000);
    }

    [Fact]
    public void An_update_is_not_overtaken_by_progress_reported_before_it()
    {
        session.Run("""
            var shown = display("start");
            ((IProgress<object>)shown).Report("on the way");
            shown.Update("done");
            """);
        Assert.Equal("done", Updates(Assert.IsType<OutputShown>(session.Events[0]).DisplayId!)[^1]);
    }

    [Fact]
    public void A_value_that_throws_when_its_turn_comes_is_told_and_the_session_lives()
    {
        session.Run("""
            class Bad
            {
                public static readonly System.Threading.ManualResetEventSlim Begun = new();
                public override string ToString() { Begun.Set(); throw new InvalidOperationException("no text"); }
            }
            ((IProgress<object>)display("start")).Report(new Bad());
            Bad.Begun.Wait();
            """);
        Assert.Contains("InvalidOperationException: no text", session.Text, StringComparison.Ordinal);
        Assert.Equal("2", session.Value("1 + 1"));
    }

    [Fact]
    public void A_value_that_is_being_shown_is_there_before_the_cell_ends()
    {
        session.Run("""
            class Slow
            {
                public static readonly System.Threading.ManualResetEventSlim Begun = new();
                public override string ToString() { Begun.Set(); System.Threading.Thread.Sleep(300); return "slow"; }
            }
            ((IProgress<object>)display("start")).Report(new Slow());
            Slow.Begun.Wait();
            """);
        Assert.Equal("slow", Updates(Assert.IsType<OutputShown>(session.Events[0]).DisplayId!)[^1]);
    }

    [Fact]
    public void A_fraction_is_shown_as_a_bar()
    {
        session.Run("IProgress<double> progress = display(\"start\"); progress.Report(0.25);");
        var update = Assert.Single(session.Events.OfType<DisplayUpdated>()).Data;
        Assert.Equal("[#####---------------] 25%", update.Text("text/plain"));
        Assert.Contains("<progress max=\"1\" value=\"0.25\" aria-label=\"Progress\">25%</progress>",
            update.Text("text/html")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_can_be_taken_away()
    {
        session.Run("display(1); ClearOutput(); display(2); ClearOutput(wait: true); display(3);");
        Assert.Equal([typeof(OutputShown), typeof(OutputsCleared), typeof(OutputShown), typeof(OutputsCleared), typeof(OutputShown)],
            session.Events.Select(e => e.GetType()));
        Assert.Equal([false, true], session.Events.OfType<OutputsCleared>().Select(c => c.Wait));
    }

    private string[] Updates(string id) =>
        [.. session.Events.OfType<DisplayUpdated>().Where(u => u.DisplayId == id).Select(u => u.Data.Text("text/plain")!)];
}
