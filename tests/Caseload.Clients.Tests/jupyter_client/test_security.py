"""A kernel does nothing for who does not hold its key, and listens at the connection file's address alone."""

import hashlib
import hmac
import json
import socket
import unittest

import zmq

from support import KernelCase, published, reply_to

DELIMITER = b"<IDS|MSG>"


class Security(KernelCase):
    def setUp(self):
        super().setUp()
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.DEALER)
        self.socket.linger = 0
        self.socket.connect(f"tcp://{self.kc.ip}:{self.kc.shell_port}")

    def tearDown(self):
        self.socket.close()
        self.context.term()

    def request(self, content, msg_type="execute_request"):
        header = {"msg_id": "m1", "username": "u", "session": "s", "msg_type": msg_type, "version": "5.3", "date": "2020-01-01T00:00:00Z"}
        return [json.dumps(part).encode() for part in (header, {}, {}, content)]

    def signature(self, frames, key=None):
        signer = hmac.new(self.kc.session.key if key is None else key, digestmod=hashlib.sha256)
        for frame in frames:
            signer.update(frame)
        return signer.hexdigest().encode()

    def assert_dropped(self, frames):
        """Nothing answers, and the kernel goes on for who holds the key."""
        self.socket.send_multipart(frames)
        self.assertEqual("0", self.ok("touched").result)
        self.assertFalse(self.socket.poll(200))

    def test_a_message_is_dropped_that_is_not_signed_with_the_key(self):
        self.ok("var touched = 0;")
        frames = self.request({"code": "touched = 1;", "silent": False})
        right = self.signature(frames)
        for wrong in (b"", b"0" * 64, right[:-1], right + b"0", self.signature(frames, b"another key"), right[:-1] + b"z", b"\xff" * 64):
            with self.subTest(signature=wrong):
                self.assert_dropped([DELIMITER, wrong, *frames])
        self.socket.send_multipart([DELIMITER, right, *frames])
        self.assertTrue(self.socket.poll(30_000))
        self.assertEqual("1", self.ok("touched").result)

    def test_a_signed_message_that_is_sent_again_is_dropped(self):
        self.ok("var times = 0;")
        frames = self.request({"code": "times++;", "silent": False})
        message = [DELIMITER, self.signature(frames), *frames]
        self.socket.send_multipart(message)
        self.assertTrue(self.socket.poll(30_000))
        self.socket.recv_multipart()
        self.socket.send_multipart(message)
        self.assertFalse(self.socket.poll(500))
        self.assertEqual("1", self.ok("times").result)

    def test_a_message_is_dropped_whose_frames_are_no_message(self):
        self.ok("var touched = 0;")
        frames = self.request({"code": "touched = 1;"})
        signature = self.signature(frames)
        broken = [b"{", b"{}", b"{}", b"{}"]
        deep = [b"[" * 100_000, b"{}", b"{}", b"{}"]
        lists = [b"[]", b"[]", b"1", b"null"]
        for message in (
            [b"x"],
            [b""],
            [DELIMITER],
            [DELIMITER, signature],
            [DELIMITER, signature, *frames[:3]],
            [signature, *frames],
            [DELIMITER, self.signature(broken), *broken],
            [DELIMITER, self.signature(deep), *deep],
            [DELIMITER, self.signature(lists), *lists],
            [b"a" * 1000] * 50 + [DELIMITER],
        ):
            with self.subTest(message=str(message)[:80]):
                self.assert_dropped(message)

    def test_a_client_with_a_wrong_key_gets_no_answer(self):
        other = self.km.client()
        other.session.key = b"not the key"
        other.start_channels()
        try:
            with self.assertRaises(RuntimeError):
                other.wait_for_ready(timeout=2)
        finally:
            other.stop_channels()
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_replies_are_signed_and_reach_extra_frames(self):
        frames = self.request({"code": "40 + 2", "silent": False})
        self.socket.send_multipart([DELIMITER, self.signature(frames), *frames, b"a buffer", b"another"])
        self.assertTrue(self.socket.poll(30_000))
        got = self.socket.recv_multipart()
        self.assertEqual(DELIMITER, got[0])
        self.assertEqual(self.signature(got[2:6]), got[1])
        self.assertEqual("ok", json.loads(got[5])["status"])

    def test_what_is_no_zeromq_hurts_nothing(self):
        for port in (self.kc.shell_port, self.kc.iopub_port, self.kc.control_port, self.kc.stdin_port, self.kc.hb_port):
            for data in (b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64,
                         b"\xff\0\0\0\0\0\0\0\1\x7f\3\0NULL" + b"\0" * 48 + b"\2" + b"\xff" * 8):
                with self.subTest(port=port, data=data[:10]), socket.create_connection((self.kc.ip, port), timeout=5) as raw:
                    raw.sendall(data)
        self.assertEqual("2", self.ok("1 + 1").result)
        self.assertEqual("ok", self.ask("kernel_info_request", channel="control")[0]["status"])

    def test_the_kernel_listens_at_the_files_address_alone(self):
        # Field 2 of a line is the local address; all of this kernel's ports stand at 127.0.0.1.
        ports = {self.kc.shell_port, self.kc.iopub_port, self.kc.control_port, self.kc.stdin_port, self.kc.hb_port}
        found = {}
        for table in ("/proc/net/tcp", "/proc/net/tcp6"):
            with open(table, encoding="utf-8") as file:
                for line in list(file)[1:]:
                    local, state = line.split()[1], line.split()[3]
                    address, _, port = local.partition(":")
                    if state == "0A" and int(port, 16) in ports:
                        found[int(port, 16)] = address
        self.assertEqual({port: "0100007F" for port in ports}, found)

    def test_a_message_that_the_rightful_client_sends_in_pieces_is_whole(self):
        msg_id = self.kc.execute("var large = \"" + "p" * 300_000 + "\"; large.Length")
        self.assertEqual("ok", reply_to(self.kc, msg_id)["content"]["status"])
        self.assertIn("300000", [message["content"]["data"]["text/plain"] for message in published(self.kc, msg_id)
                                 if message["msg_type"] == "execute_result"])


if __name__ == "__main__":
    unittest.main()
