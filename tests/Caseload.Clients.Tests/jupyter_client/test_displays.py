"""What a value looks like in a front end: its MIME types, displays that change, progress."""

import os
import unittest

from support import KernelCase

STUDY = os.environ["CASELOAD_STUDY"]


class Displays(KernelCase):
    def shown(self, code):
        """The data of the one thing that a cell shows."""
        cell = self.ok(code)
        (content,) = cell.of("execute_result") + cell.of("display_data")
        return content["data"]

    def test_text_and_scalars_are_text(self):
        for code, text in (("\"a b\"", "a b"), ("1.5", "1.5"), ("true", "True"), ("'c'", "c"), ("12345678901234L", "12345678901234"),
                           ("new DateTime(2011, 3, 31)", "2011-03-31"), ("Guid.Empty", "00000000-0000-0000-0000-000000000000")):
            with self.subTest(code=code):
                self.assertIn(text, self.shown(code)["text/plain"])

    def test_null_shows_nothing(self):
        self.assertIsNone(self.ok("(string)null").result)

    def test_a_collection_is_a_table_of_its_first_rows_with_the_count(self):
        data = self.shown("Enumerable.Range(1, 5000).Select(n => new { Number = n, Square = n * n }).ToList()")
        self.assertIn("<table", data["text/html"])
        self.assertIn("Square", data["text/html"])
        self.assertLess(data["text/html"].count("<tr"), 60)
        self.assertIn("5000", data["text/html"].replace(",", ""))
        self.assertIn("text/plain", data)

    def test_an_endless_collection_does_not_hang(self):
        data = self.shown("IEnumerable<int> Endless() { var n = 0; while (true) yield return n++; }\nEndless()")
        self.assertIn("<table", data["text/html"])

    def test_a_frame_is_a_table_with_types_and_a_row_limit(self):
        lines = "\n".join(["name,size,ok"] + [f"n{n},{n}.5,{'yes' if n % 2 else 'no'}" for n in range(500)])
        path = self.write("frame.csv", lines + "\n").replace("\\", "/")
        frames = os.path.join(os.path.dirname(STUDY), "Caseload.Frames.dll")
        data = self.shown(f"#r \"{frames}\"\nusing Caseload.Frames;\nvar frame = Frame.LoadCsv(\"{path}\");\nframe")
        html = data["text/html"]
        self.assertIn("<table", html)
        for name in ("name", "size", "ok"):
            self.assertIn(name, html)
        self.assertLess(html.count("<tr"), 100)
        self.assertIn("500", html)
        self.assertTrue(data["text/plain"].strip())

    def test_markup_in_values_is_text(self):
        data = self.shown("new[] { \"<script>alert(1)</script>\", \"a & b\" }")
        self.assertNotIn("<script>", data["text/html"])
        self.assertIn("&lt;script&gt;", data["text/html"])

    def test_markup_and_pictures_are_shown_as_they_are(self):
        self.assertEqual("<b>x</b>", self.shown("HTML(\"<b>x</b>\")")["text/html"])
        self.assertEqual("<svg/>", self.shown("\"<svg/>\".DisplayAs(\"image/svg+xml\");")["image/svg+xml"])

    def test_json_is_an_object_and_no_text(self):
        self.assertEqual({"a": [1, None]}, self.shown("\"{\\\"a\\\": [1, null]}\".DisplayAs(\"application/json\");")["application/json"])

    def test_the_mime_types_asked_for_are_those_that_come(self):
        self.assertEqual({"text/plain"}, set(self.shown("display(new[] { 1, 2 }, \"text/plain\");")))

    def test_a_library_shows_itself_by_the_convention_of_names(self):
        data = self.shown(
            "[System.AttributeUsage(AttributeTargets.Class)]\n"
            "class TypeFormatterSourceAttribute(Type source) : Attribute\n"
            "{\n    public Type FormatterSourceType { get; } = source;\n    public string[] PreferredMimeTypes { get; set; }\n}\n"
            "public class Source { public IEnumerable<object> CreateTypeFormatters() =>\n"
            "    [new Svg(\"image/svg+xml\", \"<svg/>\"), new Svg(\"text/plain\", \"a thing\")]; }\n"
            "public class Svg(string type, string text)\n"
            "{\n    public string MimeType => type;\n"
            "    public bool Format(object o, System.IO.TextWriter w) { w.Write(text); return true; }\n}\n"
            "[TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { \"image/svg+xml\", \"text/plain\" })]\n"
            "class Thing { }\nnew Thing()")
        self.assertEqual({"image/svg+xml": "<svg/>", "text/plain": "a thing"}, data)

    def test_displays_and_console_text_keep_their_order(self):
        cell = self.ok("Console.WriteLine(1); display(2); Console.WriteLine(3); 4.Display(); Console.WriteLine(5); 6")
        order = [message["content"].get("text") or message["content"]["data"]["text/plain"] for message in cell.messages
                 if message["msg_type"] in ("stream", "display_data", "execute_result")]
        self.assertEqual(["1", "2", "3", "4", "5", "6"], [text.strip() for text in order])

    def test_a_display_changes_in_place(self):
        cell = self.ok("var place = display(\"before\");\nplace.Update(\"after\");")
        (shown,) = cell.of("display_data")
        (changed,) = cell.of("update_display_data")
        self.assertTrue(shown["transient"]["display_id"])
        self.assertEqual(shown["transient"], changed["transient"])
        self.assertEqual(("before", "after"), (shown["data"]["text/plain"], changed["data"]["text/plain"]))
        later = self.ok("place.Update(HTML(\"<i>later</i>\"));")
        (changed,) = later.of("update_display_data")
        self.assertEqual(shown["transient"]["display_id"], changed["transient"]["display_id"])
        self.assertEqual("<i>later</i>", changed["data"]["text/html"])

    def test_displays_have_names_of_their_own(self):
        cell = self.ok("display(1); display(2); display(3);")
        names = [content["transient"]["display_id"] for content in cell.of("display_data") if content.get("transient")]
        self.assertEqual(len(names), len(set(names)))

    def test_progress_of_a_library_shows_in_one_place_and_ends_at_its_end(self):
        cell = self.ok("var bar = display(\"0\");\n"
                       "void Work(IProgress<double> p) { for (var i = 1; i <= 1000; i++) p.Report(i / 1000.0); }\nWork(bar);")
        self.assertEqual(1, len(cell.of("display_data")))
        changes = cell.of("update_display_data")
        self.assertTrue(0 < len(changes) < 200, len(changes))
        self.assertIn("100", changes[-1]["data"]["text/plain"])
        self.assertEqual({cell.of("display_data")[0]["transient"]["display_id"]}, {change["transient"]["display_id"] for change in changes})

    def test_outputs_are_cleared(self):
        cell = self.ok("Console.Write(1); ClearOutput(); Console.Write(2); ClearOutput(wait: true); Console.Write(3);")
        self.assertEqual([{"wait": False}, {"wait": True}], cell.of("clear_output"))
        self.assertEqual(["stream", "clear_output", "stream", "clear_output", "stream"], cell.types[2:-1])

    def test_the_charts_of_the_study_have_a_static_picture_and_a_sentence(self):
        data = self.shown(f"#r \"{STUDY}\"\nusing Caseload;\nusing Caseload.Reports;\nvar data = CaseloadData.Locate();\n"
                          "StudyFigures.Interaction(data.Results)")
        self.assertIn("<svg", data["image/svg+xml"])
        self.assertTrue(data["text/plain"].strip())
        if "application/vnd.plotly.v1+json" in data:
            self.assertIsInstance(data["application/vnd.plotly.v1+json"]["data"], list)


if __name__ == "__main__":
    unittest.main()
