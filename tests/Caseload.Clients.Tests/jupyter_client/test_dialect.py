"""What a cell may say in the dialect of the three hosts, as a client sees it."""

import json
import os
import unittest

from support import KernelCase

STUDY = os.environ["CASELOAD_STUDY"]


class Dialect(KernelCase):
    def test_the_usual_namespaces_are_imported_and_await_stands_at_top_level(self):
        self.assertEqual("6", self.ok("await Task.FromResult(new List<int> { 1, 2, 3 }.Sum())").result)
        self.assertEqual("3", self.ok("await Task.Delay(5);\nvar later = await Task.Run(() => 3);\nlater").result)

    def test_declarations_of_one_cell_serve_the_next(self):
        self.ok("using System.Globalization;\nrecord Point(int X, int Y);\nint Twice(int n) => 2 * n;\nvar p = new Point(1, 2);")
        self.assertEqual("8", self.ok("Twice(p.X + p.Y + 1)").result)
        self.assertEqual("1,5", self.ok("(1.5).ToString(new NumberFormatInfo { NumberDecimalSeparator = \",\" })").result.strip('"'))
        self.ok("var p = \"another type\";")
        self.assertEqual("12", self.ok("p.Length").result)

    def test_a_semicolon_hides_the_value(self):
        self.assertIsNone(self.ok("var a = 1; a.ToString();").result)
        self.assertIsNone(self.ok("a = 2;").result)

    def test_a_library_that_the_host_holds_is_not_loaded_twice(self):
        self.ok(f"#r \"{STUDY}\"\nusing Caseload;\nvar study = typeof(CaseloadData).Assembly;")
        self.assertEqual("1", self.ok(
            "AppDomain.CurrentDomain.GetAssemblies().Count(a => a.GetName().Name == study.GetName().Name)").result)
        self.ok(f"#r \"{os.path.relpath(STUDY)}\"")
        self.assertEqual("1", self.ok(
            "AppDomain.CurrentDomain.GetAssemblies().Count(a => a.GetName().Name == study.GetName().Name)").result)

    def test_a_library_that_is_not_there_is_told(self):
        cell = self.fails("#r \"nothere.dll\"\n1")
        self.assertIn("nothere.dll", cell.error["evalue"])

    def test_time_shows_how_long_the_cell_took(self):
        cell = self.ok("#!time\nSystem.Threading.Thread.Sleep(30);\n5")
        self.assertEqual("5", cell.result)
        shown = [content["data"]["text/plain"] for content in cell.of("display_data")]
        self.assertEqual(1, len(shown))
        self.assertRegex(shown[0], r"Wall time: [\d.]+ ?ms")

    def test_csharp_may_stand_in_the_first_line(self):
        self.assertEqual("3", self.ok("#!csharp\n1 + 2").result)

    def test_load_takes_a_files_text(self):
        self.write("helpers.csx", "int Thrice(int n) => 3 * n;\n")
        self.assertEqual("9", self.ok("#load \"helpers.csx\"\nThrice(3)").result)

    def test_import_runs_a_script_and_a_notebook(self):
        self.write("script.csx", "var scripted = 4;\nConsole.WriteLine(\"in the script\");\n")
        cells = [{"cell_type": "markdown", "metadata": {}, "source": "# words"},
                 {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": ["var noted = 5;\n", "noted"]}]
        self.write("other.ipynb", json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
        self.assertEqual("in the script\n", self.ok("#!import \"script.csx\"").stdout)
        self.ok("#!import \"other.ipynb\"")
        self.assertEqual("9", self.ok("scripted + noted").result)

    def test_the_working_folder_is_the_one_that_the_client_named(self):
        self.assertIn(os.getcwd(), self.ok("Directory.GetCurrentDirectory()").result)

    def test_standard_output_and_error_are_told_apart_and_kept_in_order(self):
        cell = self.ok("for (var i = 0; i < 3; i++) { Console.WriteLine($\"out {i}\"); Console.Error.WriteLine($\"err {i}\"); }")
        self.assertEqual("out 0\nout 1\nout 2\n", cell.stdout)
        self.assertEqual("err 0\nerr 1\nerr 2\n", cell.stderr)
        order = [(content["name"], content["text"]) for content in cell.of("stream")]
        self.assertEqual("out 0\nerr 0\nout 1\nerr 1\nout 2\nerr 2\n", "".join(text for _, text in order))

    def test_text_of_any_alphabet_comes_back_whole(self):
        text = "é 漢字 \U0001F600 \u05d0 \\u0000 <b>&amp;"
        self.assertEqual(text, self.ok(f"Console.Write({json.dumps(text)});").stdout)


if __name__ == "__main__":
    unittest.main()
