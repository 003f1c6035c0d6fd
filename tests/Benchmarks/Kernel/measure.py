"""Measures a kernel through Debian's jupyter_client and prints a line "name<TAB>value" each: python3 measure.py KERNEL CSHARP|PYTHON RUNS

Times are seconds as a client sees them; memory is in MB."""
import statistics
import sys
import time

from jupyter_client import KernelManager

NAME, LANGUAGE, RUNS = sys.argv[1], sys.argv[2], int(sys.argv[3])
CODE = {
    "CSHARP": {
        "complete": "var text = \"\";\ntext.Sub",
        "loop": "while (true) { }",
        "lines": "for (var i = 0; i < 100_000; i++) Console.WriteLine(i);",
        "large": "display(HTML(new string('x', 20_000_000)));",
    },
    "PYTHON": {
        "complete": "text = ''\ntext.sw",
        "loop": "while True: pass",
        "lines": "for i in range(100_000): print(i)",
        "large": "from IPython.display import HTML, display\ndisplay(HTML('x' * 20_000_000))",
    },
}[LANGUAGE]
PATIENCE = 120


class Kernel:
    def __init__(self):
        self.began = time.perf_counter()
        self.manager = KernelManager(kernel_name=NAME)
        self.manager.start_kernel()
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    def run(self, code, on_busy=None):
        """Runs a cell and returns how long it took until the kernel was idle again."""
        began = time.perf_counter()
        asked = self.client.execute(code)
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != asked or message["msg_type"] != "status":
                continue
            if message["content"]["execution_state"] == "idle":
                break
            if on_busy:
                on_busy()
        self.client.get_shell_msg(timeout=PATIENCE)
        return time.perf_counter() - began

    def ask(self, send):
        began = time.perf_counter()
        asked = send()
        while self.client.get_shell_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != asked:
            pass
        return time.perf_counter() - began

    def interrupt(self):
        """Interrupts a loop that has been running for a while and returns how long it went on."""
        asked = []

        def stop():
            time.sleep(0.3)
            asked.append(time.perf_counter())
            self.manager.interrupt_kernel()

        self.run(CODE["loop"], stop)
        return time.perf_counter() - asked[0]

    def memory(self):
        with open(f"/proc/{self.manager.provisioner.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def end(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def first_result():
    kernel = Kernel()
    try:
        kernel.run("1+1")
        return time.perf_counter() - kernel.began
    finally:
        kernel.end()


def say(name, value):
    print(f"{name}\t{value:.6f}", flush=True)


say("start to first result, s", statistics.median(first_result() for _ in range(RUNS)))
kernel = Kernel()
try:
    kernel.run("1+1")
    say("trivial cell, ms", 1000 * statistics.median(kernel.run(f"1+{i}") for i in range(50)))
    complete = CODE["complete"]
    times = [kernel.ask(lambda: kernel.client.complete(complete, len(complete))) for _ in range(20)]
    say("completion, ms", 1000 * statistics.median(times))
    say("kernel_info, ms", 1000 * statistics.median(kernel.ask(kernel.client.kernel_info) for _ in range(50)))
    say("interrupt of a loop, ms", 1000 * statistics.median(kernel.interrupt() for _ in range(5)))
    say("resident memory after these, MB", kernel.memory())
    say("100,000 console lines, s", kernel.run(CODE["lines"]))
    say("a display of 20 MB, s", kernel.run(CODE["large"]))
finally:
    kernel.end()
