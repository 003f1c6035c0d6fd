"""A kernel and a client to it, and what a cell gave, for tests that look at single messages."""

import os
import socket
import time
import unittest
from queue import Empty

from jupyter_client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from schemas import validate

KERNEL = ".net-csharp"

# Seconds to wait for one message. Generous: the machine may be busy with other tests.
LIMIT = 60


class Cell:
    """What one execute_request brought."""

    def __init__(self, reply, messages):
        self.reply = reply
        self.content = reply["content"]
        self.status = reply["content"]["status"]
        self.messages = messages

    def of(self, msg_type):
        return [message["content"] for message in self.messages if message["msg_type"] == msg_type]

    @property
    def types(self):
        return [message["msg_type"] for message in self.messages]

    @property
    def stdout(self):
        return self.stream("stdout")

    @property
    def stderr(self):
        return self.stream("stderr")

    def stream(self, name):
        return "".join(content["text"] for content in self.of("stream") if content["name"] == name)

    @property
    def result(self):
        """The text of the last expression's value; None where there is none."""
        found = self.of("execute_result")
        assert len(found) < 2, found
        return found[0]["data"]["text/plain"] if found else None

    @property
    def error(self):
        (found,) = self.of("error")
        return found


def start():
    """A started kernel and a client that knows it is ready."""
    # The client chooses ports that are free, and another process may take one before the kernel does: it ends with 3 then.
    for _ in range(3):
        manager = KernelManager(kernel_name=KERNEL)
        manager.start_kernel()
        wait_for(lambda: listens(manager) or not manager.is_alive(), LIMIT, "a kernel that listens")
        if manager.is_alive() or manager.provisioner.process.returncode != 3:
            break
    return manager, connect(manager)


def listens(manager):
    """Whether the kernel has taken its ports."""
    with socket.socket() as probe:
        return probe.connect_ex((manager.ip, manager.hb_port)) == 0


def connect(manager):
    """One more client of a kernel, which knows no more of the others than their connection file."""
    client = BlockingKernelClient(connection_file=manager.connection_file)
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=LIMIT)
    except RuntimeError:
        client.stop_channels()
        if manager.owns_kernel:
            manager.shutdown_kernel(now=True)
        raise
    return client


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


def send(client, msg_type, content=None, channel="shell"):
    """Sends a request; gives its id."""
    message = client.session.msg(msg_type, content or {})
    getattr(client, channel + "_channel").send(message)
    return message["header"]["msg_id"]


def get(client, channel, limit=LIMIT):
    """The next message of a channel, held against the specification."""
    message = getattr(client, f"get_{channel}_msg")(timeout=limit)
    validate(message)
    return message


def reply_to(client, msg_id, channel="shell", limit=LIMIT):
    """The reply to a request; what answers others is passed over."""
    ends = time.monotonic() + limit
    while True:
        message = get(client, channel, max(0, ends - time.monotonic()))
        if message["parent_header"].get("msg_id") == msg_id:
            return message


def published(client, msg_id, limit=LIMIT):
    """What was published for a request, from busy to idle, both included."""
    messages = []
    ends = time.monotonic() + limit
    while True:
        message = get(client, "iopub", max(0, ends - time.monotonic()))
        if message["parent_header"].get("msg_id") != msg_id:
            continue
        messages.append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return messages


def execute(client, code, limit=LIMIT, **settings):
    """Runs a cell; `settings` are those of jupyter_client's execute."""
    settings.setdefault("allow_stdin", False)
    msg_id = client.execute(code, **settings)
    return Cell(reply_to(client, msg_id, limit=limit), published(client, msg_id, limit))


def wait_for(condition, limit, what):
    """Looks until a condition holds; fails with `what` where it does not in time."""
    ends = time.monotonic() + limit
    while not condition():
        if time.monotonic() > ends:
            raise AssertionError(f"{what}: not within {limit} s")
        time.sleep(0.02)


def is_alive(pid):
    """Whether a process is there and has not ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


class KernelCase(unittest.TestCase):
    """Tests that share one kernel, which each leaves fit for the next."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.km, cls.kc = start()

    @classmethod
    def tearDownClass(cls):
        stop(cls.km, cls.kc)

    def setUp(self):
        for channel in ("shell", "iopub", "control", "stdin"):
            while True:
                try:
                    getattr(self.kc, f"get_{channel}_msg")(timeout=0)
                except Empty:
                    break

    def execute(self, code, **settings):
        return execute(self.kc, code, **settings)

    def ok(self, code, **settings):
        cell = self.execute(code, **settings)
        self.assertEqual("ok", cell.status, cell.content)
        return cell

    def fails(self, code, **settings):
        cell = self.execute(code, **settings)
        self.assertEqual("error", cell.status, cell.messages)
        return cell

    def send(self, msg_type, content=None, channel="shell"):
        return send(self.kc, msg_type, content, channel)

    def ask(self, msg_type, content=None, channel="shell"):
        """A request's reply, and what was published around it."""
        msg_id = self.send(msg_type, content, channel)
        return reply_to(self.kc, msg_id, channel)["content"], published(self.kc, msg_id)

    def write(self, name, text):
        """A file in the kernel's working folder."""
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
        return os.path.abspath(name)
