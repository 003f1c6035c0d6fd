using Caseload.Clients.Tests.Fixtures;
using Microsoft.Playwright;

namespace Caseload.Clients.Tests.Browser;

/// <summary>What a person does in the classic notebook, in a real browser.</summary>
public sealed class ClassicNotebookTests(InstalledKernel kernel, BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task A_notebook_of_the_study_finds_the_kernel_and_shows_its_tables_and_charts()
    {
        var notebook = Directory.GetFiles(Path.Combine(Checkout.Root, "notebooks"), "04-*.ipynb").Single();
        var text = await File.ReadAllTextAsync(notebook, TestContext.Current.CancellationToken);
        await using var page = await browser.OpenTextAsync(kernel, text);
        await page.RunAllAsync();
        Assert.Equal(0, await page.Page.Locator(".output_error").CountAsync());
        await Assertions.Expect(page.Page.Locator(".output_subarea table").First).ToBeVisibleAsync();
        var chart = page.Page.Locator(".output_subarea svg, .output_subarea img").First;
        await Assertions.Expect(chart).ToBeVisibleAsync();
        var box = await chart.BoundingBoxAsync();
        Assert.True(box is { Width: > 200, Height: > 100 }, $"the chart takes {box?.Width} by {box?.Height} pixels");
        Assert.Equal(InstalledKernel.Name, await page.Page.EvaluateAsync<string>("() => Jupyter.notebook.kernel.name"));
    }

    [Fact]
    public async Task Tab_completes_and_offers_members()
    {
        await using var page = await browser.OpenAsync(kernel, "var words = \"some words\";", "words.Subs", "words.To");
        await page.RunAsync(0);
        await page.FocusAsync(1);
        await page.Page.Keyboard.PressAsync("Tab");
        await page.Page.WaitForFunctionAsync("() => Jupyter.notebook.get_cell(1).get_text() === 'words.Substring'");
        await page.FocusAsync(2);
        await page.Page.Keyboard.PressAsync("Tab");
        var offered = page.Page.Locator(".completions option");
        await Assertions.Expect(offered.Filter(new() { HasText = "ToUpperInvariant" })).ToHaveCountAsync(1);
        await Assertions.Expect(offered.Filter(new() { HasText = "Substring" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Shift_tab_tells_what_a_name_is()
    {
        await using var page = await browser.OpenAsync(kernel, "Math.Max");
        await page.FocusAsync(0);
        await page.Page.Keyboard.PressAsync("Shift+Tab");
        var tip = page.Page.Locator("#tooltip .tooltiptext");
        await Assertions.Expect(tip).ToContainTextAsync("Max(");
        await Assertions.Expect(tip).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_display_changes_in_place()
    {
        await using var page = await browser.OpenAsync(kernel, Progress.Code);
        await page.StartAsync(0);
        await Assertions.Expect(page.Output(0)).ToContainTextAsync("1 of 3");
        await Assertions.Expect(page.Output(0)).ToContainTextAsync("3 of 3");
        await page.WaitUntilDoneAsync();
        Assert.Equal(1, await page.Outputs(0).CountAsync());
        Assert.DoesNotContain("1 of 3", await page.TextAsync(0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_cell_reads_is_asked_for_in_the_page()
    {
        await using var page = await browser.OpenAsync(kernel, "var name = Console.ReadLine();\nConsole.WriteLine($\"Hello, {name}.\");");
        await page.StartAsync(0);
        var box = page.Page.Locator(".raw_input");
        await box.FillAsync("Ada");
        await box.PressAsync("Enter");
        await Assertions.Expect(page.Output(0)).ToContainTextAsync("Hello, Ada.");
    }

    [Fact]
    public async Task A_loop_is_interrupted_from_the_menu_and_the_next_cell_runs()
    {
        await using var page = await browser.OpenAsync(kernel, "var kept = 5;\nConsole.WriteLine(\"runs\");\nwhile (true) { }", "kept * 2");
        await page.StartAsync(0);
        await Assertions.Expect(page.Output(0)).ToContainTextAsync("runs");
        await page.ChooseAsync("#kernellink", "#int_kernel");
        await page.WaitUntilDoneAsync();
        Assert.Contains("nterrupt", await page.TextAsync(0), StringComparison.Ordinal);
        await page.RunAsync(1);
        await Assertions.Expect(page.Output(1)).ToContainTextAsync("10");
    }

    [Fact]
    public async Task A_restart_forgets_the_variables()
    {
        await using var page = await browser.OpenAsync(kernel, "var gone = 5;", "gone * 2", "3 * 4");
        await page.RunAllAsync();
        await Assertions.Expect(page.Output(1)).ToContainTextAsync("10");
        await page.ChooseAsync("#kernellink", "#restart_kernel");
        await page.Page.Locator(".modal-dialog button.btn-danger").ClickAsync();
        await page.WaitUntilReadyAsync();
        await page.RunAsync(2);
        await Assertions.Expect(page.Output(2)).ToContainTextAsync("12");
        await page.RunAsync(1);
        await Assertions.Expect(page.Output(1)).ToContainTextAsync("CS0103");
    }

    [Fact]
    public async Task A_page_that_is_loaded_anew_finds_its_kernel_and_the_variables_again()
    {
        await using var page = await browser.OpenAsync(kernel,
            "var kept = 21;\nConsole.WriteLine(\"runs\");\nwhile (true) { }", "kept * 2");
        await page.StartAsync(0);
        await Assertions.Expect(page.Output(0)).ToContainTextAsync("runs");
        await page.ReloadAsync();
        await page.StartAsync(1);
        await page.ChooseAsync("#kernellink", "#int_kernel");
        await page.WaitUntilDoneAsync();

        // What waited behind the interrupted cell was given up with it.
        await page.RunAsync(1);
        await Assertions.Expect(page.Output(1)).ToContainTextAsync("42");
    }
}
