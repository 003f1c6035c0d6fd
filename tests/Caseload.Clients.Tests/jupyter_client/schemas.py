"""Each message that a kernel sends, as the Jupyter messaging specification 5.3 has it: which keys must stand in it, and of which type."""

import re
from datetime import datetime

NUMBER, TEXT, FLAG, LIST, OBJECT = (int,), (str,), (bool,), (list,), (dict,)

HEADER = {"msg_id": TEXT, "username": TEXT, "session": TEXT, "msg_type": TEXT, "version": TEXT}

ERROR = {"ename": TEXT, "evalue": TEXT, "traceback": LIST}

# Keys with a type must stand; those after None may stand.
REPLIES = {
    "execute_reply": ({"execution_count": NUMBER}, {"user_expressions": OBJECT, "payload": LIST}),
    "inspect_reply": ({"found": FLAG, "data": OBJECT, "metadata": OBJECT}, {}),
    "complete_reply": ({"matches": LIST, "cursor_start": NUMBER, "cursor_end": NUMBER, "metadata": OBJECT}, {}),
    "history_reply": ({"history": LIST}, {}),
    "comm_info_reply": ({"comms": OBJECT}, {}),
    "kernel_info_reply": (
        {"protocol_version": TEXT, "implementation": TEXT, "implementation_version": TEXT, "language_info": OBJECT, "banner": TEXT},
        {"debugger": FLAG, "help_links": LIST, "supported_features": LIST},
    ),
    "connect_reply": (
        {"shell_port": NUMBER, "iopub_port": NUMBER, "stdin_port": NUMBER, "hb_port": NUMBER}, {"control_port": NUMBER},
    ),
    "shutdown_reply": ({"restart": FLAG}, {}),
    "interrupt_reply": ({}, {}),
}

OTHERS = {
    "is_complete_reply": ({"status": TEXT}, {"indent": TEXT}),
    "stream": ({"name": TEXT, "text": TEXT}, {}),
    "display_data": ({"data": OBJECT, "metadata": OBJECT}, {"transient": OBJECT}),
    "update_display_data": ({"data": OBJECT, "metadata": OBJECT, "transient": OBJECT}, {}),
    "execute_result": ({"data": OBJECT, "metadata": OBJECT, "execution_count": NUMBER}, {"transient": OBJECT}),
    "execute_input": ({"code": TEXT, "execution_count": NUMBER}, {}),
    "clear_output": ({"wait": FLAG}, {}),
    "error": (ERROR, {}),
    "status": ({"execution_state": TEXT}, {}),
    "input_request": ({"prompt": TEXT, "password": FLAG}, {}),
    "comm_open": ({"comm_id": TEXT, "target_name": TEXT, "data": OBJECT}, {}),
    "comm_msg": ({"comm_id": TEXT, "data": OBJECT}, {}),
    "comm_close": ({"comm_id": TEXT, "data": OBJECT}, {}),
}

MIME = re.compile(r"[\w.+-]+/[\w.+-]+$")


def validate(message):
    """Raises AssertionError where a message is not as the specification says."""
    header = message["header"]
    for key, types in HEADER.items():
        check(header, key, types, "header")
    assert re.match(r"5\.\d+$", header["version"]), header
    # jupyter_client reads dates into datetimes; what is no ISO 8601 stays text.
    assert isinstance(header["date"], datetime) and header["date"].tzinfo is not None, header
    assert header["msg_type"] == message["msg_type"], message
    for key in ("parent_header", "metadata", "content"):
        check(message, key, OBJECT, "message")
    content(header["msg_type"], message["content"])


def content(msg_type, body):
    if msg_type in REPLIES:
        check(body, "status", TEXT, msg_type)
        status = body["status"]
        assert status in ("ok", "error", "aborted"), body
        must, may = REPLIES[msg_type] if status == "ok" else (ERROR if status == "error" else {}, {"execution_count": NUMBER})
        may = {"status": TEXT, **may, **(ERROR if status == "aborted" else {}), "payload": LIST, "user_expressions": OBJECT}
    else:
        if msg_type == "debug_reply":
            # Its body is the Debug Adapter Protocol's.
            return
        assert msg_type in OTHERS, f"a kernel does not send {msg_type}"
        must, may = OTHERS[msg_type]
    for key, types in must.items():
        check(body, key, types, msg_type)
    for key in set(body) - set(must):
        assert key in may, f"{msg_type} holds {key}: {body}"
        check(body, key, may[key], msg_type)
    values(msg_type, body)


def values(msg_type, body):
    """What more than a type is said of a value."""
    if "traceback" in body:
        assert all(isinstance(line, str) for line in body["traceback"]), body
    if "data" in body and msg_type in ("display_data", "update_display_data", "execute_result", "inspect_reply"):
        for mime, value in body["data"].items():
            assert MIME.match(mime), body
            assert isinstance(value, str) or mime.endswith("json"), f"{mime} holds {type(value)}"
    allowed = {
        "is_complete_reply": ("status", ("complete", "incomplete", "invalid", "unknown")),
        "status": ("execution_state", ("busy", "idle", "starting")),
        "stream": ("name", ("stdout", "stderr")),
    }
    if msg_type in allowed:
        key, known = allowed[msg_type]
        assert body[key] in known, body
    if msg_type == "update_display_data":
        assert isinstance(body["transient"].get("display_id"), str), body
    if msg_type == "complete_reply" and body["status"] == "ok":
        assert all(isinstance(match, str) for match in body["matches"]), body
        assert 0 <= body["cursor_start"] <= body["cursor_end"], body
    if msg_type == "history_reply" and body["status"] == "ok":
        assert all(len(entry) == 3 for entry in body["history"]), body


def check(holder, key, types, where):
    assert key in holder, f"{where} has no {key}: {holder}"
    value = holder[key]
    # In Python a flag is a number too.
    assert isinstance(value, types) and (bool in types or not isinstance(value, bool)), f"{where}: {key} is {value!r}"
