namespace Caseload.Clients.Tests.Browser;

/// <summary>A cell whose one output changes while it runs.</summary>
internal static class Progress
{
    public const string Code = """
        var shown = display("1 of 3");
        await Task.Delay(1000);
        shown.Update("2 of 3");
        await Task.Delay(100);
        shown.Update("3 of 3");
        """;
}
