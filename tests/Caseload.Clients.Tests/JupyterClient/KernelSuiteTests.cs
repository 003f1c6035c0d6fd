using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.JupyterClient;

/// <summary>The Jupyter project's own tests of a kernel, jupyter_kernel_test, with samples in C#: jupyter_client/kernel_suite.py.</summary>
public sealed class KernelSuiteTests(InstalledKernel kernel)
{
    [Theory]
    [InlineData("test_kernel_info")]
    [InlineData("test_execute_stdout")]
    [InlineData("test_execute_stderr")]
    [InlineData("test_completion")]
    [InlineData("test_is_complete")]
    [InlineData("test_error")]
    [InlineData("test_execute_result")]
    [InlineData("test_display_data")]
    [InlineData("test_history")]
    [InlineData("test_inspect")]
    [InlineData("test_clear_output")]
    public void The_suite_is_content(string method)
    {
        ClientTools.RequireModule("jupyter_kernel_test");
        PythonFile.Passes(kernel, "kernel_suite", method);
    }

    [Fact]
    public void The_pager_is_no_part_of_the_language() =>
        Assert.Skip("C# has no pager: nothing that a cell can say asks the front end for one");
}
