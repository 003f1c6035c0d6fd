"""How a kernel begins and ends: restart, shutdown, death, and a client that vanishes."""

import json
import os
import signal
import subprocess
import sys
import time
import unittest

from jupyter_client.manager import KernelManager

from support import KERNEL, LIMIT, connect, execute, get, is_alive, published, reply_to, send, start, stop, wait_for

CLIENT = """
import sys, time
sys.path.insert(0, {folder!r})
import support
manager, client = support.start()
assert support.execute(client, "1 + 1").result == "2"
print(manager.provisioner.process.pid, manager.connection_file, flush=True)
{then}
time.sleep(600)
"""


class Lifecycle(unittest.TestCase):
    def setUp(self):
        self.managers = []

    def tearDown(self):
        for manager, client in self.managers:
            stop(manager, client)

    def start(self):
        manager, client = start()
        self.managers.append((manager, client))
        return manager, client

    def fresh(self, manager, client):
        """The kernel answers again and knows no variable of before."""
        client.stop_channels()
        client = connect(manager)
        self.managers[-1] = (manager, client)
        self.assertEqual("error", execute(client, "before").status)
        self.assertEqual("2", execute(client, "1 + 1").result)
        return client

    def pid_of(self, manager):
        return manager.provisioner.process.pid

    def test_shutdown_is_answered_and_ends_the_process(self):
        manager, client = self.start()
        pid = self.pid_of(manager)
        reply = reply_to(client, send(client, "shutdown_request", {"restart": False}, "control"), "control")
        self.assertEqual({"status": "ok", "restart": False}, reply["content"])
        wait_for(lambda: not is_alive(pid), LIMIT, "the end of the kernel")
        self.assertEqual(0, manager.provisioner.process.wait(timeout=LIMIT))

    def test_shutdown_comes_through_while_a_cell_runs(self):
        manager, client = self.start()
        pid = self.pid_of(manager)
        client.execute("while (true) { }")
        while get(client, "iopub")["msg_type"] != "execute_input":
            pass
        reply = reply_to(client, send(client, "shutdown_request", {"restart": True}, "control"), "control")
        self.assertTrue(reply["content"]["restart"])
        wait_for(lambda: not is_alive(pid), LIMIT, "the end of the kernel")

    def test_restart_gives_a_fresh_kernel_at_the_same_address(self):
        manager, client = self.start()
        execute(client, "var before = 1;")
        pid = self.pid_of(manager)
        manager.restart_kernel()
        self.assertNotEqual(pid, self.pid_of(manager))
        self.fresh(manager, client)
        self.assertFalse(is_alive(pid))

    def test_a_cell_that_exits_the_process_is_a_death_that_the_manager_sees(self):
        self.dies("Environment.Exit(3);")

    def test_a_stack_overflow_is_a_death_that_the_manager_sees(self):
        self.dies("int Deeper(int n) => Deeper(n + 1) + Deeper(n + 2);\nDeeper(0)")

    def test_a_kill_is_a_death_that_the_manager_sees(self):
        self.dies("System.Diagnostics.Process.GetCurrentProcess().Kill(); System.Threading.Thread.Sleep(10_000);")

    def dies(self, code):
        manager, client = self.start()
        execute(client, "var before = 1;")
        client.execute(code)
        wait_for(lambda: not manager.is_alive(), LIMIT, "the death")
        manager.restart_kernel(now=True)
        self.fresh(manager, client)

    def test_a_client_that_is_killed_takes_its_kernel_with_it(self):
        client, kernel, _ = self.other_client("")
        began = time.monotonic()
        os.kill(client.pid, signal.SIGKILL)
        client.wait()
        wait_for(lambda: not is_alive(kernel), 5, "the end of the kernel after its client's")
        print(f"the kernel ended {time.monotonic() - began:.1f} s after its client", flush=True)

    def test_a_client_that_is_killed_while_a_cell_runs_takes_its_kernel_with_it(self):
        client, kernel, _ = self.other_client("client.execute('while (true) { }')")
        os.kill(client.pid, signal.SIGKILL)
        client.wait()
        wait_for(lambda: not is_alive(kernel), 5, "the end of the kernel after its client's")

    def test_closed_sockets_alone_end_nothing(self):
        client, kernel, connection = self.other_client(
            "support.execute(client, 'var kept = 7;')\nclient.stop_channels()\nprint('closed', flush=True)")
        try:
            self.assertEqual("closed", client.stdout.readline().strip())
            time.sleep(6)
            self.assertTrue(is_alive(kernel))
            again = connect(KernelManager(connection_file=connection))
            self.assertEqual("7", execute(again, "kept").result)
            again.stop_channels()
        finally:
            client.kill()
            client.wait()
            client.stdout.close()
        wait_for(lambda: not is_alive(kernel), LIMIT, "the end of the kernel after its client's")

    def test_sockets_that_close_while_a_cell_runs_leave_it_running(self):
        manager, client = self.start()
        msg_id = client.execute("var seen = 0;\n"
                                "for (var i = 0; i < 15; i++) { System.Threading.Thread.Sleep(100); Console.WriteLine(i); seen = i; }")
        while get(client, "iopub")["msg_type"] != "stream":
            pass
        client.stop_channels()
        again = connect(manager)
        self.managers[-1] = (manager, again)
        self.assertEqual("14", execute(again, "seen").result)
        self.assertTrue(msg_id)

    def test_two_clients_share_variables_and_see_each_others_cells(self):
        manager, first = self.start()
        second = connect(manager)
        try:
            execute(first, "var shared = 5;")
            self.assertEqual("5", execute(second, "shared").result)
            msg_id = first.execute("Console.Write(\"to all\"); shared * 2")
            self.assertEqual("ok", reply_to(first, msg_id)["content"]["status"])
            seen = published(second, msg_id)
            self.assertEqual({first.session.session}, {message["parent_header"]["session"] for message in seen})
            self.assertIn("execute_result", [message["msg_type"] for message in seen])
            # Each gets the replies to its own requests and no others.
            ids = [(client, client.execute(str(n))) for n in range(10) for client in (first, second)]
            for client, own in ids:
                self.assertEqual(own, get(client, "shell")["parent_header"]["msg_id"])
        finally:
            second.stop_channels()

    def test_the_kernelspec_is_one_that_every_client_can_use(self):
        manager, _ = self.start()
        with open(os.path.join(manager.kernel_spec.resource_dir, "kernel.json"), encoding="utf-8") as file:
            spec = json.load(file)
        self.assertTrue(os.path.isabs(spec["argv"][0]))
        self.assertIn("{connection_file}", spec["argv"])
        self.assertEqual("C#", spec["language"])
        self.assertEqual("message", spec["interrupt_mode"])
        self.assertTrue(spec["display_name"])
        self.assertEqual(KERNEL, manager.kernel_name)

    def other_client(self, then):
        """A client in a process of its own that started a kernel, the kernel's process and its connection file."""
        code = CLIENT.format(folder=os.path.dirname(os.path.abspath(__file__)), then=then)
        client = subprocess.Popen([sys.executable, "-B", "-c", code], stdout=subprocess.PIPE, text=True)
        pid, _, connection = client.stdout.readline().strip().partition(" ")
        self.assertTrue(is_alive(int(pid)))
        if not then:
            client.stdout.close()
        return client, int(pid), connection


if __name__ == "__main__":
    unittest.main()
