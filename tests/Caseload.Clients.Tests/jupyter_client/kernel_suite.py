"""The Jupyter project's tests of a kernel with samples in C#."""

import jupyter_kernel_test

from support import KERNEL, LIMIT


class CSharpKernel(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh no");'

    completion_samples = [
        {"text": "Math.Cei", "matches": {"Ceiling"}},
        {"text": '"abc".ToUpperI', "matches": {"ToUpperInvariant"}},
        {"text": "DateTime.IsLe", "matches": {"IsLeapYear"}},
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
    ]

    complete_code_samples = ["1", "var a = 2;", "int Twice(int n)\n{\n    return 2 * n;\n}", "Console.WriteLine(\"x\");"]
    incomplete_code_samples = ["int Twice(int n)\n{\n", "Console.WriteLine(", "if (true)\n{", "var all = new[] { 1,"]
    invalid_code_samples = ["var = = 7", "class { ]", "int 5x = 1;"]

    code_generate_error = 'throw new InvalidOperationException("on purpose");'

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "string.Join(\",\", new[] { 1, 2 })", "result": "1,2"},
        {"code": "1.5 + 1", "result": "2.5"},
        {"code": "1 == 1", "result": "True"},
        {"code": "new List<int> { 1, 2 }", "mime": "text/html"},
        {"code": "HTML(\"<b>x</b>\")", "result": "<b>x</b>", "mime": "text/html"},
    ]

    code_display_data = [
        {"code": "display(5);", "mime": "text/plain"},
        {"code": "display(HTML(\"<b>x</b>\"));", "mime": "text/html"},
        {"code": "\"<svg xmlns='http://www.w3.org/2000/svg'/>\".DisplayAs(\"image/svg+xml\");", "mime": "image/svg+xml"},
        {"code": "\"{}\".DisplayAs(\"application/json\");", "mime": "application/json"},
    ]

    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")

    code_inspect_sample = "Math.Max"
    code_clear_output = "ClearOutput();"

    def execute_helper(self, *args, **kwargs):
        # The suite waits a tenth of a second for each message, which is little on a machine that is busy with other tests.
        channel = self.kc.iopub_channel
        hasty = channel.get_msg
        channel.get_msg = lambda timeout: hasty(timeout=max(timeout, LIMIT))
        try:
            return super().execute_helper(*args, **kwargs)
        finally:
            del channel.get_msg
