using Caseload.Clients.Tests.Fixtures;

namespace Caseload.Clients.Tests.JupyterClient;

/// <summary>Tests at the level of single messages, written in Python against jupyter_client: jupyter_client/test_messages.py.</summary>
public sealed class MessageTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_messages");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_message_is_answered_as_the_specification_says(string method) => PythonFile.Passes(kernel, "test_messages", method);
}

/// <summary>jupyter_client/test_stdin.py.</summary>
public sealed class InputTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_stdin");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cell_asks_and_the_client_answers(string method) => PythonFile.Passes(kernel, "test_stdin", method);
}

/// <summary>jupyter_client/test_displays.py.</summary>
public sealed class DisplayTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_displays");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_value_is_shown(string method) => PythonFile.Passes(kernel, "test_displays", method);
}

/// <summary>jupyter_client/test_errors.py.</summary>
public sealed class ErrorTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_errors");

    [Theory]
    [MemberData(nameof(Methods))]
    public void An_error_is_told_in_the_cells_own_lines(string method) => PythonFile.Passes(kernel, "test_errors", method);
}

/// <summary>jupyter_client/test_dialect.py.</summary>
public sealed class DialectTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_dialect");

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_dialect_of_the_three_hosts_is_spoken(string method) => PythonFile.Passes(kernel, "test_dialect", method);
}

/// <summary>jupyter_client/test_interrupt.py.</summary>
public sealed class InterruptTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_interrupt");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_cell_is_stopped_and_the_next_one_runs(string method) => PythonFile.Passes(kernel, "test_interrupt", method);
}

/// <summary>jupyter_client/test_lifecycle.py.</summary>
public sealed class LifecycleTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_lifecycle");

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_kernel_begins_and_ends(string method) => PythonFile.Passes(kernel, "test_lifecycle", method);
}

/// <summary>jupyter_client/test_volume.py.</summary>
public sealed class VolumeTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_volume");

    [Theory]
    [MemberData(nameof(Methods))]
    public void Much_at_once_is_carried(string method) => PythonFile.Passes(kernel, "test_volume", method);
}

/// <summary>jupyter_client/test_security.py.</summary>
public sealed class SecurityTests(InstalledKernel kernel)
{
    public static TheoryData<string> Methods => PythonFile.Methods("test_security");

    [Theory]
    [MemberData(nameof(Methods))]
    public void Nothing_is_done_for_who_does_not_hold_the_key(string method) => PythonFile.Passes(kernel, "test_security", method);
}
