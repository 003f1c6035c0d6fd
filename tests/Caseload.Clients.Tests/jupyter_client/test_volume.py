"""Much at once: many messages, large ones, many cells. The times are in the log of a run and decide nothing."""

import json
import time
import unittest

import zmq

from support import KernelCase, connect, get, published


class Volume(KernelCase):
    def test_ten_thousand_requests_in_a_burst_are_all_answered_in_order(self):
        # Sockets of their own: jupyter_client's take longer for a message than the kernel does.
        context = zmq.Context()
        shell, iopub = context.socket(zmq.DEALER), context.socket(zmq.SUB)
        for each, port in ((shell, self.kc.shell_port), (iopub, self.kc.iopub_port)):
            each.linger, each.rcvtimeo, each.sndhwm = 0, 60_000, 0
            each.connect(f"tcp://{self.kc.ip}:{port}")
        iopub.subscribe(b"")
        session = self.kc.session
        try:
            self.until_subscribed(session, shell, iopub)
            requests = [session.msg("is_complete_request", {"code": "1"}) for _ in range(10_000)]
            frames = [session.serialize(request) for request in requests]
            began = time.monotonic()
            for message in frames:
                shell.send_multipart(message)
            ids = [request["header"]["msg_id"] for request in requests]
            self.assertEqual(ids, [self.parent(shell.recv_multipart()) for _ in ids])
            print(f"10,000 requests in {time.monotonic() - began:.1f} s", flush=True)
            self.assertEqual([msg_id for msg_id in ids for _ in ("busy", "idle")],
                             [self.parent(iopub.recv_multipart()) for _ in range(20_000)])
        finally:
            shell.close()
            iopub.close()
            context.term()

    def until_subscribed(self, session, shell, iopub):
        """Asks until what is published arrives, and reads the last of it."""
        while True:
            request = session.msg("is_complete_request", {"code": "1"})
            shell.send_multipart(session.serialize(request))
            shell.recv_multipart()
            seen = 0
            while seen < 2 and iopub.poll(200):
                seen += self.parent(iopub.recv_multipart()) == request["header"]["msg_id"]
            if seen == 2:
                return

    def parent(self, frames):
        """The request that a message answers."""
        return json.loads(frames[frames.index(b"<IDS|MSG>") + 3])["msg_id"]

    def test_a_hundred_cells_sent_at_once_run_in_order(self):
        ids = [self.kc.execute(f"Console.Write({n});") for n in range(100)]
        self.assertEqual(ids, [get(self.kc, "shell")["parent_header"]["msg_id"] for _ in ids])
        texts = [content["text"] for msg_id in ids for content in
                 [message["content"] for message in published(self.kc, msg_id) if message["msg_type"] == "stream"]]
        self.assertEqual("".join(str(n) for n in range(100)), "".join(texts))

    def test_twenty_megabytes_come_in_one_output(self):
        began = time.monotonic()
        cell = self.ok("HTML(new string('x', 20_000_000))", limit=120)
        print(f"20 MB in {time.monotonic() - began:.1f} s", flush=True)
        self.assertEqual(20_000_000, len(cell.of("execute_result")[0]["data"]["text/html"]))

    def test_twenty_megabytes_go_in_one_cell(self):
        code = "var much = \"" + "y" * 20_000_000 + "\";"
        self.ok(code, limit=120)
        self.assertEqual("20000000", self.ok("much.Length").result)

    def test_a_hundred_thousand_lines_arrive_whole_and_in_few_messages(self):
        began = time.monotonic()
        cell = self.ok("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);", limit=120)
        print(f"100,000 lines in {time.monotonic() - began:.1f} s, {len(cell.of('stream'))} messages", flush=True)
        self.assertEqual("".join(f"{n}\n" for n in range(100_000)), cell.stdout)
        self.assertLess(len(cell.of("stream")), 20_000)

    def test_text_of_many_threads_is_neither_lost_nor_torn(self):
        cell = self.ok("Parallel.For(0, 2_000, n => Console.WriteLine($\"line {n} ends\"));", limit=60)
        self.assertEqual(sorted(f"line {n} ends" for n in range(2_000)), sorted(cell.stdout.splitlines()))

    def test_a_client_that_reads_nothing_holds_nobody_up(self):
        idle = connect(self.km)
        try:
            for _ in range(5):
                self.ok("Console.Write(new string('z', 4_000_000));", limit=120)
            self.assertEqual("2", self.ok("1 + 1").result)
        finally:
            idle.stop_channels()


if __name__ == "__main__":
    unittest.main()
