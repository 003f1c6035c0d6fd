"""Input: a cell asks, the person at the client answers."""

import unittest

from support import KernelCase, get, published, reply_to, Cell


class Input(KernelCase):
    def answer(self, code, *answers):
        msg_id = self.kc.execute(code, allow_stdin=True)
        requests = []
        for answer in answers:
            requests.append(get(self.kc, "stdin"))
            self.assertEqual(msg_id, requests[-1]["parent_header"]["msg_id"])
            self.kc.input(answer)
        return Cell(reply_to(self.kc, msg_id), published(self.kc, msg_id)), requests

    def test_a_line_that_is_read_is_asked_for(self):
        cell, (request,) = self.answer("var name = Console.ReadLine(); name", "Ada Lovelace, née Byron \U0001F600")
        self.assertEqual("input_request", request["msg_type"])
        self.assertFalse(request["content"]["password"])
        self.assertEqual("Ada Lovelace, née Byron \U0001F600", cell.result)

    def test_lines_are_asked_for_one_after_another(self):
        cell, _ = self.answer("Console.ReadLine() + \"-\" + Console.ReadLine()", "a", "b")
        self.assertEqual("a-b", cell.result)

    def test_what_was_printed_stands_before_the_question(self):
        msg_id = self.kc.execute("Console.Write(\"before\"); Console.ReadLine();", allow_stdin=True)
        request = get(self.kc, "stdin")
        streams = []
        while not streams:
            message = get(self.kc, "iopub")
            streams += [message["content"]["text"]] if message["msg_type"] == "stream" else []
        self.assertIn("before", streams[0] + request["content"]["prompt"])
        self.kc.input("")
        self.assertEqual("ok", reply_to(self.kc, msg_id)["content"]["status"])

    def test_where_the_client_allows_no_input_the_cell_is_not_left_waiting(self):
        cell = self.execute("Console.ReadLine()", allow_stdin=False)
        self.assertIn(cell.status, ("ok", "error"))
        if cell.status == "ok":
            self.assertIsNone(cell.result)

    def test_a_cell_that_waits_for_input_can_be_interrupted(self):
        msg_id = self.kc.execute("Console.ReadLine(); Console.Write(\"went on\");", allow_stdin=True)
        get(self.kc, "stdin")
        self.km.interrupt_kernel()
        cell = Cell(reply_to(self.kc, msg_id), published(self.kc, msg_id))
        self.assertEqual("error", cell.status)
        self.assertEqual("", cell.stdout)
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_an_answer_to_a_question_of_before_answers_no_later_one(self):
        msg_id = self.kc.execute("Console.ReadLine()", allow_stdin=True)
        get(self.kc, "stdin")
        self.km.interrupt_kernel()
        reply_to(self.kc, msg_id)
        published(self.kc, msg_id)
        self.kc.input("late")
        cell, _ = self.answer("Console.ReadLine()", "in time")
        self.assertEqual("in time", cell.result)


if __name__ == "__main__":
    unittest.main()
