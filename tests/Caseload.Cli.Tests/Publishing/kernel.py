"""Starts the installed kernel as Jupyter does, runs one cell and prints its result: python3 kernel.py"""
from jupyter_client import KernelManager

manager = KernelManager(kernel_name=".net-csharp")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
try:
    client.wait_for_ready(timeout=120)
    asked = client.execute('#r "Caseload.Study.dll"\ntypeof(Caseload.CaseloadData).Name.Length + 1')
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") != asked:
            continue
        if message["msg_type"] == "error":
            raise SystemExit("\n".join(message["content"]["traceback"]))
        if message["msg_type"] == "execute_result":
            print(message["content"]["data"]["text/plain"])
            break
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
