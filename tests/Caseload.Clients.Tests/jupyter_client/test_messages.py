"""Every message that a kernel of the Jupyter messaging specification 5.3 answers: its channel, its reply, busy and idle around it."""

import time
import unittest

from support import LIMIT, KernelCase, get, published, reply_to


class Messages(KernelCase):
    def assert_busy_then_idle(self, messages):
        states = [message["content"]["execution_state"] for message in messages if message["msg_type"] == "status"]
        self.assertEqual(["busy", "idle"], states)
        self.assertEqual("status", messages[0]["msg_type"])

    def test_kernel_info_says_what_the_kernel_speaks(self):
        for channel in ("shell", "control"):
            with self.subTest(channel=channel):
                content, messages = self.ask("kernel_info_request", channel=channel)
                self.assertEqual("ok", content["status"])
                self.assertRegex(content["protocol_version"], r"^5\.[3-9]$")
                info = content["language_info"]
                self.assertEqual("C#", info["name"])
                self.assertEqual(".cs", info["file_extension"])
                self.assertEqual("text/x-csharp", info["mimetype"])
                self.assertEqual("csharp", info["pygments_lexer"])
                self.assertIsInstance(info["version"], str)
                self.assertIsInstance(info.get("codemirror_mode", ""), (str, dict))
                self.assertTrue(content["banner"])
                for link in content.get("help_links", []):
                    self.assertEqual({"text", "url"}, set(link))
                self.assert_busy_then_idle(messages)

    def test_execute_publishes_the_input_and_the_result_between_busy_and_idle(self):
        msg_id = self.kc.execute("1 + 1")
        reply = reply_to(self.kc, msg_id)
        messages = published(self.kc, msg_id)
        self.assertEqual(["status", "execute_input", "execute_result", "status"], [message["msg_type"] for message in messages])
        self.assert_busy_then_idle(messages)
        count = reply["content"]["execution_count"]
        self.assertEqual({"code": "1 + 1", "execution_count": count}, messages[1]["content"])
        self.assertEqual(count, messages[2]["content"]["execution_count"])
        self.assertEqual("2", messages[2]["content"]["data"]["text/plain"])
        self.assertEqual({}, reply["content"]["user_expressions"])
        self.assertEqual([], reply["content"]["payload"])

    def test_every_message_names_the_request_that_it_belongs_to_and_the_kernel_that_sent_it(self):
        msg_id = self.kc.execute("Console.Write(1); 2")
        messages = [reply_to(self.kc, msg_id)] + published(self.kc, msg_id)
        self.assertEqual({msg_id}, {message["parent_header"]["msg_id"] for message in messages})
        self.assertEqual({"execute_request"}, {message["parent_header"]["msg_type"] for message in messages})
        self.assertEqual({self.kc.session.session}, {message["parent_header"]["session"] for message in messages})
        sessions = {message["header"]["session"] for message in messages}
        self.assertEqual(1, len(sessions))
        self.assertNotIn(self.kc.session.session, sessions)
        ids = [message["header"]["msg_id"] for message in messages]
        self.assertEqual(len(ids), len(set(ids)))

    def test_the_count_goes_up_by_one_with_each_cell(self):
        first = self.ok("1").content["execution_count"]
        self.assertEqual(first + 1, self.ok("2").content["execution_count"])
        self.assertEqual(first + 2, self.fails("throw new Exception();").content["execution_count"])
        self.assertEqual(first + 3, self.ok("3").content["execution_count"])

    def test_a_cell_without_history_does_not_count(self):
        first = self.ok("1").content["execution_count"]
        cell = self.ok("2", store_history=False)
        self.assertIn("execute_result", cell.types)
        self.assertEqual(first + 1, self.ok("3").content["execution_count"])

    def test_a_silent_cell_publishes_nothing_but_its_state_and_does_not_count(self):
        first = self.ok("1").content["execution_count"]
        cell = self.ok("var quiet = 5; Console.Write(6); quiet", silent=True)
        self.assertEqual(["status", "status"], cell.types)
        self.assertEqual("5", self.ok("quiet").result)
        self.assertEqual(first + 2, self.ok("3").content["execution_count"])

    def test_an_empty_cell_is_answered(self):
        for code in ("", "  \n", "// nothing"):
            cell = self.ok(code)
            self.assertEqual(["status", "execute_input", "status"], cell.types)

    def test_user_expressions_are_evaluated_after_the_cell(self):
        cell = self.ok("var six = 6;", user_expressions={"twice": "six * 2", "wrong": "nothere"})
        values = cell.content["user_expressions"]
        self.assertEqual("ok", values["twice"]["status"])
        self.assertEqual("12", values["twice"]["data"]["text/plain"])
        self.assertEqual({}, values["twice"]["metadata"])
        self.assertEqual("error", values["wrong"]["status"])
        self.assertIn("nothere", values["wrong"]["evalue"])
        self.assertIsInstance(values["wrong"]["ename"], str)
        self.assertIsInstance(values["wrong"]["traceback"], list)

    def test_after_an_error_what_waits_is_aborted_unless_the_cell_says_otherwise(self):
        slow = self.kc.execute("System.Threading.Thread.Sleep(300); throw new Exception(\"first\");")
        waiting = [self.kc.execute(f"Console.Write({n});") for n in range(3)]
        self.assertEqual("error", reply_to(self.kc, slow)["content"]["status"])
        for msg_id in waiting:
            self.assertEqual("aborted", reply_to(self.kc, msg_id)["content"]["status"])
            messages = published(self.kc, msg_id)
            self.assert_busy_then_idle(messages)
            self.assertNotIn("stream", [message["msg_type"] for message in messages])
        self.assertEqual("1", self.ok("1").result)

        slow = self.kc.execute("System.Threading.Thread.Sleep(300); throw new Exception(\"first\");", stop_on_error=False)
        after = self.kc.execute("7")
        self.assertEqual("error", reply_to(self.kc, slow)["content"]["status"])
        self.assertEqual("ok", reply_to(self.kc, after)["content"]["status"])

    def test_requests_that_are_no_cells_are_answered_in_an_aborted_queue(self):
        slow = self.kc.execute("System.Threading.Thread.Sleep(300); throw new Exception(\"first\");")
        info = self.send("kernel_info_request")
        self.assertEqual("error", reply_to(self.kc, slow)["content"]["status"])
        self.assertEqual("ok", reply_to(self.kc, info)["content"]["status"])

    def test_complete_gives_matches_and_where_they_go(self):
        self.ok("var completed = \"abc\";")
        code = "completed.Subst"
        content, messages = self.ask("complete_request", {"code": code, "cursor_pos": len(code)})
        self.assertIn("Substring", content["matches"])
        self.assertEqual((len("completed."), len(code)), (content["cursor_start"], content["cursor_end"]))
        self.assert_busy_then_idle(messages)
        types = content["metadata"].get("_jupyter_types_experimental", [])
        self.assertTrue(all({"text", "type", "start", "end"} <= set(entry) for entry in types), types)

    def test_positions_count_code_points(self):
        self.ok("var after = \"abc\";")
        code = "/* \U0001F600\U0001F600 */ after.Subst"
        content, _ = self.ask("complete_request", {"code": code, "cursor_pos": len(code)})
        self.assertIn("Substring", content["matches"])
        self.assertEqual((code.index("Subst"), len(code)), (content["cursor_start"], content["cursor_end"]))

    def test_positions_outside_of_the_code_do_no_harm(self):
        for msg_type in ("complete_request", "inspect_request"):
            for position in (-5, 10_000, 2**40):
                with self.subTest(msg_type=msg_type, position=position):
                    content, messages = self.ask(msg_type, {"code": "Math.Ma", "cursor_pos": position, "detail_level": 0})
                    self.assertEqual("ok", content["status"])
                    self.assert_busy_then_idle(messages)

    def test_inspect_gives_text_where_there_is_a_name_and_says_where_there_is_none(self):
        for level in (0, 1):
            code = "Math.Max(1, 2)"
            content, messages = self.ask("inspect_request", {"code": code, "cursor_pos": code.index("Max") + 1, "detail_level": level})
            self.assertTrue(content["found"])
            self.assertIn("Max", content["data"]["text/plain"])
            self.assert_busy_then_idle(messages)
        content, _ = self.ask("inspect_request", {"code": "   ", "cursor_pos": 1, "detail_level": 0})
        self.assertEqual((False, {}), (content["found"], content["data"]))

    def test_is_complete_tells_the_four_cases(self):
        samples = {
            "complete": ["1 + 1", "var a = 1;", "if (true) { }", "", "await Task.Delay(1);", "#!time\n1"],
            "incomplete": ["for (var i = 0; i < 3; i++) {", "Console.WriteLine(", "var text = \"\"\"\nabc", "/* open"],
            "invalid": ["var = = 3;", "var a = 1; } 2"],
        }
        for status, codes in samples.items():
            for code in codes:
                with self.subTest(code=code):
                    content, messages = self.ask("is_complete_request", {"code": code})
                    self.assertEqual(status, content["status"])
                    self.assertEqual(status == "incomplete", "indent" in content)
                    self.assert_busy_then_idle(messages)

    def test_history_gives_tail_range_and_search(self):
        codes = ["101 + 1", "101 + 2", "202 + 1", "101 + 1"]
        counts = [self.ok(code).content["execution_count"] for code in codes]

        def history(**content):
            request = {"output": False, "raw": True, **content}
            reply, messages = self.ask("history_request", request)
            self.assert_busy_then_idle(messages)
            return reply["history"]

        tail = history(hist_access_type="tail", n=4)
        self.assertEqual(codes, [entry[2] for entry in tail])
        self.assertEqual(counts, [entry[1] for entry in tail])
        session = tail[0][0]
        for number in (session, 0):
            entries = history(hist_access_type="range", session=number, start=counts[1], stop=counts[2])
            self.assertEqual([codes[1]], [entry[2] for entry in entries])
        self.assertEqual([codes[0], codes[1], codes[3]], [entry[2] for entry in history(hist_access_type="search", pattern="101*")])
        self.assertEqual([codes[1], codes[3]], [entry[2] for entry in history(hist_access_type="search", pattern="101*", unique=True)])
        self.assertEqual([codes[1], codes[3]], [entry[2] for entry in history(hist_access_type="search", pattern="101*", n=2)])
        self.assertEqual([[codes[3], "102"]], [entry[2] for entry in history(hist_access_type="tail", n=1, output=True)])

    def test_comm_info_is_empty_and_a_comm_that_nobody_takes_is_closed(self):
        for content in ({}, {"target_name": "x"}):
            reply, messages = self.ask("comm_info_request", content)
            self.assertEqual(("ok", {}), (reply["status"], reply["comms"]))
            self.assert_busy_then_idle(messages)
        msg_id = self.send("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
        messages = published(self.kc, msg_id)
        self.assert_busy_then_idle(messages)
        (closed,) = [message["content"] for message in messages if message["msg_type"] == "comm_close"]
        self.assertEqual("c1", closed["comm_id"])
        for msg_type in ("comm_msg", "comm_close"):
            self.assert_busy_then_idle(published(self.kc, self.send(msg_type, {"comm_id": "c1", "data": {}})))

    def test_interrupt_is_answered_where_nothing_runs(self):
        content, messages = self.ask("interrupt_request", channel="control")
        self.assertEqual("ok", content["status"])
        self.assert_busy_then_idle(messages)
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_a_type_that_nobody_knows_hurts_nothing(self):
        # The first of them was part of the protocol once.
        for msg_type in ("connect_request", "nobody_knows_request"):
            for channel in ("shell", "control"):
                with self.subTest(msg_type=msg_type, channel=channel):
                    self.assert_busy_then_idle(published(self.kc, self.send(msg_type, {"a": [1, None, {}]}, channel)))
                    self.assertEqual("ok", self.ask("kernel_info_request", channel=channel)[0]["status"])

    def test_a_debugger_is_neither_promised_nor_missed(self):
        self.assertFalse(self.ask("kernel_info_request")[0].get("debugger", False))
        content, messages = self.ask("debug_request", {"type": "request", "command": "debugInfo", "seq": 1}, "control")
        self.assertFalse(content.get("success", False))
        self.assert_busy_then_idle(messages)

    def test_requests_without_the_keys_that_they_need_hurt_nothing(self):
        for msg_type in ("execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request", "comm_open"):
            for content in ({}, {"code": 5, "cursor_pos": "x", "hist_access_type": None, "comm_id": []}):
                with self.subTest(msg_type=msg_type, content=content):
                    self.send(msg_type, content)
                    self.assertEqual("ok", self.ask("kernel_info_request")[0]["status"])

    def test_control_answers_while_a_cell_runs(self):
        running = self.kc.execute("System.Threading.Thread.Sleep(1500);")
        time.sleep(0.2)
        started = time.monotonic()
        self.assertEqual("ok", reply_to(self.kc, self.send("kernel_info_request", channel="control"), "control")["content"]["status"])
        self.assertLess(time.monotonic() - started, 1.2)
        self.assertEqual("ok", reply_to(self.kc, running)["content"]["status"])

    def test_console_text_is_shown_before_the_reply_of_its_cell(self):
        for n in range(20):
            msg_id = self.kc.execute(f"Console.WriteLine({n}); Console.Error.WriteLine(-{n});")
            messages = published(self.kc, msg_id)
            reply = reply_to(self.kc, msg_id)
            streams = [message for message in messages if message["msg_type"] == "stream"]
            self.assertEqual({"stdout", "stderr"}, {message["content"]["name"] for message in streams})
            for message in streams:
                self.assertLessEqual(message["header"]["date"], reply["header"]["date"])

    def test_console_text_streams_while_the_cell_runs(self):
        msg_id = self.kc.execute("Console.WriteLine(\"early\"); System.Threading.Thread.Sleep(1500); Console.WriteLine(\"late\");")
        while (message := get(self.kc, "iopub"))["msg_type"] != "stream":
            pass
        seen = time.monotonic()
        self.assertEqual("early\n", message["content"]["text"])
        reply_to(self.kc, msg_id)
        self.assertGreater(time.monotonic() - seen, 0.7)

    def test_the_heartbeat_comes_back_as_it_went(self):
        import zmq

        context = zmq.Context()
        try:
            socket = context.socket(zmq.REQ)
            socket.linger = 0
            socket.connect(f"tcp://{self.kc.ip}:{self.kc.hb_port}")
            for frames in ([b"ping"], [b""], [b"a", b"", b"c" * 70_000]):
                socket.send_multipart(frames)
                self.assertTrue(socket.poll(LIMIT * 1000))
                self.assertEqual(frames, socket.recv_multipart())
            socket.close()
        finally:
            context.term()


if __name__ == "__main__":
    unittest.main()
