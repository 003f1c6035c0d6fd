"""Interrupt by message, as the kernelspec says: whatever a cell does, the next one runs."""

import time
import unittest

from support import Cell, KernelCase, get, published, reply_to

# Seconds within which a loop must have stopped, ten times what is promised, for a busy machine.
STOPPED = 0.5


class Interrupt(KernelCase):
    def interrupted(self, code, settle=0.3):
        """Runs a cell, interrupts it, gives what came and how long it took to stop."""
        msg_id = self.kc.execute(code, allow_stdin=False)
        while get(self.kc, "iopub")["msg_type"] != "execute_input":
            pass
        time.sleep(settle)
        began = time.monotonic()
        interrupt = self.send("interrupt_request", channel="control")
        self.assertEqual("ok", reply_to(self.kc, interrupt, "control")["content"]["status"])
        reply = reply_to(self.kc, msg_id)
        took = time.monotonic() - began
        return Cell(reply, published(self.kc, msg_id)), took

    def test_the_kernelspec_asks_for_messages(self):
        self.assertEqual("message", self.km.kernel_spec.interrupt_mode)

    def test_each_kind_of_loop_stops_at_once(self):
        self.ok("long count = 0;")
        for code in (
            "while (true) { }",
            "while (true) count++;",
            "for (;;) ;",
            "do { count++; } while (true);",
            "again: count++; goto again;",
            "foreach (var n in Enumerable.Repeat(1, int.MaxValue)) count += n;",
            "void Forever() { while (true) { } }\nForever();",
            "Enumerable.Range(0, int.MaxValue).Where(n => { count++; return n < 0; }).Count()",
            "while (true) { try { count++; } catch { } }",
            "while (true) { try { System.Threading.Thread.Sleep(5); } catch (Exception) { } }",
            "System.Threading.Thread.Sleep(60_000);",
            "await Task.Delay(60_000);",
            "Task.Delay(60_000).Wait();",
            "new System.Threading.ManualResetEventSlim().Wait();",
            "while (true) Console.WriteLine(\"line\");",
            "while (true) await Task.Yield();",
        ):
            with self.subTest(code=code):
                cell, took = self.interrupted(code)
                self.assertEqual("error", cell.status)
                self.assertLess(took, STOPPED)
                self.assertIn("nterrupt", cell.content["ename"] + cell.content["evalue"])
                self.assertEqual("2", self.ok("1 + 1").result)

    def test_variables_survive_an_interrupt(self):
        self.ok("var kept = 41;")
        self.interrupted("kept++; while (true) { }")
        self.assertEqual("42", self.ok("kept").result)

    def test_what_waits_behind_an_interrupted_cell_is_aborted_and_what_comes_after_runs(self):
        msg_id = self.kc.execute("while (true) { }")
        while get(self.kc, "iopub")["msg_type"] != "execute_input":
            pass
        waiting = self.kc.execute("Console.Write(\"never\");")
        self.km.interrupt_kernel()
        self.assertEqual("error", reply_to(self.kc, msg_id)["content"]["status"])
        self.assertEqual("aborted", reply_to(self.kc, waiting)["content"]["status"])
        published(self.kc, waiting)
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_an_interrupt_between_cells_stops_no_later_one(self):
        self.ask("interrupt_request", channel="control")
        self.assertEqual("3", self.ok("System.Threading.Thread.Sleep(100); 1 + 2").result)

    def test_many_interrupts_in_a_row_do_what_one_does(self):
        msg_id = self.kc.execute("while (true) { }")
        while get(self.kc, "iopub")["msg_type"] != "execute_input":
            pass
        for _ in range(10):
            self.send("interrupt_request", channel="control")
        self.assertEqual("error", reply_to(self.kc, msg_id)["content"]["status"])
        published(self.kc, msg_id)
        self.assertEqual("ok", self.ask("kernel_info_request", channel="control")[0]["status"])
        self.assertEqual("2", self.ok("1 + 1").result)

    def test_a_library_loop_that_never_comes_back_is_given_up(self):
        # Hours of loops that are the library's alone, which no check reaches.
        code = "Enumerable.Repeat(Enumerable.Repeat(2.0, int.MaxValue).Select(Math.Sqrt), 1000).Select(Enumerable.Sum).Sum()"
        cell, took = self.interrupted(code)
        self.assertEqual("error", cell.status)
        self.assertLess(took, 20)
        self.assertEqual("2", self.ok("1 + 1").result)


if __name__ == "__main__":
    unittest.main()
