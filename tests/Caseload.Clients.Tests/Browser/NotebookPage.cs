using Microsoft.Playwright;

namespace Caseload.Clients.Tests.Browser;

/// <summary>A notebook in the classic notebook's page: what a person does there, and sees.</summary>
internal sealed class NotebookPage(IPage page, NotebookServer server) : IAsyncDisposable
{
    private const string Ready = """
        () => window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded
            && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()
        """;

    private const string Done =
        "() => Jupyter.notebook.get_cells().every(cell => cell.cell_type !== 'code' || cell.input_prompt_number !== '*')";

    /// <summary>The page itself.</summary>
    public IPage Page => page;

    /// <summary>A cell, from 0.</summary>
    public ILocator Cell(int cell) => page.Locator(".cell").Nth(cell);

    /// <summary>What stands below a cell.</summary>
    public ILocator Output(int cell) => Cell(cell).Locator(".output_wrapper .output");

    /// <summary>The outputs of a cell, one by one.</summary>
    public ILocator Outputs(int cell) => Cell(cell).Locator(".output_area");

    /// <summary>Waits until the page is connected to a kernel.</summary>
    public async Task WaitUntilReadyAsync()
    {
        try
        {
            await page.WaitForFunctionAsync(Ready);
        }
        catch (Exception e) when (e is TimeoutException or PlaywrightException)
        {
            Assert.Fail($"the page found no kernel: {e.Message}\n{server.Log}");
        }
    }

    /// <summary>Puts the cursor at the end of a cell's code.</summary>
    public async Task FocusAsync(int cell)
    {
        await Cell(cell).Locator(".CodeMirror-lines").ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
    }

    /// <summary>Starts a cell by its keys.</summary>
    public async Task StartAsync(int cell)
    {
        await FocusAsync(cell);
        await page.Keyboard.PressAsync("Control+Enter");
    }

    /// <summary>Runs a cell to its end.</summary>
    public async Task RunAsync(int cell)
    {
        await StartAsync(cell);
        await WaitUntilDoneAsync();
    }

    /// <summary>Runs all cells, by the menu, to their end.</summary>
    public async Task RunAllAsync()
    {
        await ChooseAsync("#celllink", "#run_all_cells");
        await WaitUntilDoneAsync();
    }

    /// <summary>Chooses from a menu.</summary>
    public async Task ChooseAsync(string menu, string item)
    {
        await page.Locator(menu).ClickAsync();
        await page.Locator(item).ClickAsync();
    }

    /// <summary>Waits until no cell runs.</summary>
    public async Task WaitUntilDoneAsync() => await page.WaitForFunctionAsync(Done);

    /// <summary>Loads the page anew.</summary>
    public async Task ReloadAsync()
    {
        await page.EvaluateAsync("() => Jupyter.notebook.save_notebook()");
        await page.ReloadAsync();
        await WaitUntilReadyAsync();
    }

    /// <summary>The text below a cell.</summary>
    public async Task<string> TextAsync(int cell) => string.Join('\n', await Output(cell).AllInnerTextsAsync()).Trim();

    /// <summary>Closes the page and ends its kernel.</summary>
    public async ValueTask DisposeAsync()
    {
        await page.Context.CloseAsync();
        await server.EndKernelsAsync();
    }
}
