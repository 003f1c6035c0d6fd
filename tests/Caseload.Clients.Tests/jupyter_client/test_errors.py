"""Cells that fail: what the person sees is the cell's own line, and what was declared stays."""

import re
import unittest

from support import KernelCase

# What only the machinery around a cell has in its stack.
HOST = re.compile(r"Caseload\.Notebooks|Caseload\.Cli|Submission#|<<Initialize>>|<Factory>"
                  r"|System\.Runtime\.CompilerServices|Microsoft\.CodeAnalysis"
                  r"|End of stack trace|Thread\.Start|ThreadPool")


class Errors(KernelCase):
    def test_an_exception_shows_the_cells_line_and_not_the_hosts_stack(self):
        cell = self.fails("var a = 1;\nvar b = 0;\nvar c = a / b;\n")
        self.assertEqual("System.DivideByZeroException", cell.error["ename"])
        self.assertIn("divide by zero", cell.error["evalue"])
        text = "\n".join(cell.error["traceback"])
        self.assertIn("line 3", text)
        self.assertIsNone(HOST.search(text), text)
        for key in ("ename", "evalue", "traceback"):
            self.assertEqual(cell.error[key], cell.content[key])
        self.assertEqual(["status", "execute_input", "error", "status"], cell.types)

    def test_an_exception_in_a_function_of_an_earlier_cell_shows_both_lines(self):
        self.ok("int Broken(int n)\n{\n    if (n > 2) throw new InvalidOperationException(\"too many\");\n    return n;\n}")
        cell = self.fails("var first = Broken(1);\n\n\n\nvar second = Broken(3);")
        text = "\n".join(cell.error["traceback"])
        self.assertIn("too many", text)
        self.assertIn("line 3", text)
        self.assertIn("line 5", text)
        self.assertIsNone(HOST.search(text), text)

    def test_an_exception_in_awaited_and_in_lazy_code_shows_the_cells_line(self):
        for code in (
            "async Task FailAsync()\n{\n    await Task.Delay(1);\n    throw new FormatException(\"odd\");\n}\nawait FailAsync();",
            "var odd = 0;\nvar lazy = Enumerable.Range(0, 3)\n"
            "    .Select(n =>\n        n == 2 ? throw new FormatException(\"odd\") : n);\nlazy.Sum()",
        ):
            with self.subTest(code=code):
                text = "\n".join(self.fails(code).error["traceback"])
                self.assertIn("line 4", text)
                self.assertIsNone(HOST.search(text), text)

    def test_an_exception_has_the_one_within_it(self):
        text = "\n".join(self.fails(
            "try { int.Parse(\"x\"); }\ncatch (Exception e) { throw new InvalidOperationException(\"outer\", e); }").error["traceback"])
        self.assertIn("outer", text)
        self.assertIn("FormatException", text)
        self.assertIsNone(HOST.search(text), text)

    def test_a_compile_error_has_its_place_in_the_cell(self):
        cell = self.fails("var a = 1;\n  var b = nothere + 1;\n")
        self.assertEqual("CS0103", cell.error["ename"])
        text = "\n".join(cell.error["traceback"])
        self.assertRegex(text, r"\(2,11\)|line 2, column 11|2:11")
        self.assertIn("nothere", cell.error["evalue"])

    def test_a_compile_error_keeps_its_place_below_directives(self):
        self.write("fine.csx", "var fine = 1;\nvar fine2 = 2;\nvar fine3 = 3;\n")
        text = "\n".join(self.fails("#!time\n#load \"fine.csx\"\nvar x = 1;\nreturn nothere;").error["traceback"])
        self.assertRegex(text, r"\(4,8\)|line 4, column 8|4:8")

    def test_nothing_of_a_cell_that_does_not_compile_runs(self):
        cell = self.fails("Console.Write(\"ran\"); var kept = 1; nothere();")
        self.assertEqual("", cell.stdout)
        self.assertEqual("CS0103", self.fails("kept").error["ename"])

    def test_variables_survive_an_error(self):
        self.ok("var before = 11;")
        self.fails("var within = 22;\nthrow new Exception(\"x\");\nvar never = 33;")
        self.assertEqual("33", self.ok("before + within").result)

    def test_an_exception_that_a_value_throws_while_it_is_shown_is_an_error_of_the_cell(self):
        cell = self.execute("class Odd { public override string ToString() => throw new Exception(\"unshowable\"); }\nnew Odd()")
        self.assertIn(cell.status, ("ok", "error"))
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_an_exception_in_a_task_that_nobody_awaits_ends_nothing(self):
        self.ok("_ = Task.Run(() => throw new Exception(\"lost\")); GC.Collect();")
        self.assertEqual("2", self.ok("await Task.Delay(50); GC.Collect(); GC.WaitForPendingFinalizers(); 1 + 1").result)

    def test_the_error_of_a_cell_reaches_the_error_stream_of_no_one(self):
        cell = self.fails("throw new Exception(\"alone\");")
        self.assertEqual("", cell.stdout + cell.stderr)


if __name__ == "__main__":
    unittest.main()
