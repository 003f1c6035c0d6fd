"use strict";
// A client on zeromq.js that starts and speaks to a kernel as VS Code does: node client.js KERNELSPEC-FOLDER RESULTS
// Each check becomes an entry of RESULTS: what went wrong, or the empty text.

const { spawn } = require("node:child_process");
const crypto = require("node:crypto");
const fs = require("node:fs");
const net = require("node:net");
const path = require("node:path");
const zmq = require("zeromq");

const [folder, resultsPath] = process.argv.slice(2);
const spec = JSON.parse(fs.readFileSync(path.join(folder, "kernel.json"), "utf8"));
const LIMIT = 60_000;
const DELIMITER = "<IDS|MSG>";
const results = {};

function within(promise, what, limit = LIMIT) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: not within ${limit} ms`)), limit); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function expect(condition, found) {
  if (!condition) throw new Error(`found ${JSON.stringify(found)}`);
}

async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

// VS Code looks whether a port is taken by a bare connection that says nothing.
async function portIsTaken(port) {
  for (const began = Date.now(); Date.now() - began < LIMIT;) {
    const taken = await new Promise((resolve) => {
      const socket = net.connect(port, "127.0.0.1", () => { socket.destroy(); resolve(true); }).on("error", () => resolve(false));
    });
    if (taken) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`nobody listens at port ${port}`);
}

class Kernel {
  static async start(runtimeFolder) {
    const kernel = new Kernel();
    const [shell, iopub, stdin, control, hb] = await freePorts(5);
    kernel.ports = { shell_port: shell, iopub_port: iopub, stdin_port: stdin, control_port: control, hb_port: hb };
    kernel.key = crypto.randomUUID();
    const connection = {
      ...kernel.ports, ip: "127.0.0.1", transport: "tcp", key: kernel.key, signature_scheme: "hmac-sha256", kernel_name: "",
    };
    const file = path.join(runtimeFolder, `kernel-v3${crypto.randomUUID()}.json`);
    fs.writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const [program, ...args] = spec.argv.map((item) => item.replace("{connection_file}", file));
    kernel.process = spawn(program, args, { env: { ...process.env, ...spec.env }, stdio: ["ignore", "pipe", "pipe"] });
    kernel.said = "";
    for (const stream of [kernel.process.stdout, kernel.process.stderr]) stream.on("data", (data) => { kernel.said += data; });
    kernel.exited = new Promise((resolve) => kernel.process.on("exit", (code, signal) => resolve({ code, signal })));
    for (const port of Object.values(kernel.ports)) await portIsTaken(port);
    await kernel.connect();
    return kernel;
  }

  async connect() {
    this.session = crypto.randomUUID();
    this.waiting = new Map();
    this.input = () => {};
    this.sockets = {};
    for (const channel of ["shell", "control", "stdin"]) {
      const socket = new zmq.Dealer({
        routingId: this.session, sendHighWaterMark: 0, receiveHighWaterMark: 0, maxMessageSize: -1, linger: 0,
      });
      socket.connect(`tcp://127.0.0.1:${this.ports[`${channel}_port`]}`);
      this.sockets[channel] = socket;
    }
    const iopub = new zmq.Subscriber({ maxMessageSize: -1, receiveHighWaterMark: 0, linger: 0 });
    iopub.connect(`tcp://127.0.0.1:${this.ports.iopub_port}`);
    iopub.subscribe();
    this.sockets.iopub = iopub;
    this.closed = Promise.all(Object.entries(this.sockets).map(([channel, socket]) => this.listen(channel, socket)));
    await this.ready();
  }

  // What is published before the subscription has arrived is lost to a subscriber: ask until an idle comes.
  async ready() {
    for (const began = Date.now(); Date.now() - began < LIMIT;) {
      const info = await this.ask("kernel_info_request", {}, { untilIdle: false });
      const isThere = await Promise.race([info.idle.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 500))]);
      if (isThere) return;
    }
    throw new Error("nothing is published");
  }

  async listen(channel, socket) {
    try {
      for await (const frames of socket) this.take(channel, frames);
    } catch (error) {
      if (!socket.closed) this.broken = error;
    }
  }

  take(channel, frames) {
    const at = frames.findIndex((frame) => frame.toString("latin1") === DELIMITER);
    const [signature, ...rest] = frames.slice(at + 1);
    const parts = rest.slice(0, 4);
    if (this.sign(parts) !== signature.toString()) {
      this.broken = new Error(`${channel}: a message with a wrong signature`);
      return;
    }
    const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString("utf8")));
    const message = { channel, header, parent, metadata, content, type: header.msg_type };
    if (channel === "stdin") return this.input(message);
    const request = this.waiting.get(parent.msg_id);
    if (!request) return;
    if (channel === "iopub") {
      request.published.push(message);
      request.seen.forEach((look) => look(message));
      if (message.type === "status" && content.execution_state === "idle") request.finish();
    } else {
      request.answer(message);
    }
  }

  sign(parts) {
    const hmac = crypto.createHmac("sha256", this.key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  // Node's sockets take one message at a time: the next waits until the one before has gone.
  send(channel, type, content) {
    const id = crypto.randomUUID();
    const header = { msg_id: id, msg_type: type, session: this.session, username: "", version: "5.2", date: new Date().toISOString() };
    const parts = [header, {}, {}, content].map((part) => Buffer.from(JSON.stringify(part), "utf8"));
    const frames = [DELIMITER, this.sign(parts), ...parts];
    this.queues ??= {};
    this.queues[channel] = (this.queues[channel] ?? Promise.resolve()).then(() => this.sockets[channel].send(frames));
    return id;
  }

  // A request: its reply, what was published for it, and promises for each.
  request(type, content, channel = "shell") {
    const request = { published: [], seen: [] };
    request.replied = new Promise((resolve) => { request.answer = resolve; });
    request.idle = new Promise((resolve) => { request.finish = resolve; });
    request.sees = (test) => new Promise((resolve) => {
      const look = (message) => { if (test(message)) resolve(message); };
      request.seen.push(look);
      request.published.forEach(look);
    });
    request.id = this.send(channel, type, content);
    this.waiting.set(request.id, request);
    return request;
  }

  async ask(type, content, { channel = "shell", untilIdle = true } = {}) {
    const request = this.request(type, content, channel);
    request.reply = await within(request.replied, `the reply to ${type}`);
    if (untilIdle) await within(request.idle, `the idle after ${type}`);
    return request;
  }

  begin(code, more = {}) {
    return this.request("execute_request", {
      code, silent: false, store_history: true, user_expressions: {}, allow_stdin: true, stop_on_error: false, ...more,
    });
  }

  async execute(code, more) {
    const request = this.begin(code, more);
    request.reply = await within(request.replied, "the reply to a cell");
    await within(request.idle, "the idle after a cell");
    return request;
  }

  disconnect() {
    for (const socket of Object.values(this.sockets)) socket.close();
  }

  async end() {
    this.disconnect();
    this.process.kill("SIGKILL");
    await this.exited;
  }
}

const of = (request, type) => request.published.filter((message) => message.type === type).map((message) => message.content);
const text = (request) => of(request, "execute_result")[0]?.data["text/plain"];
const streamed = (request) => of(request, "stream").map((content) => content.text).join("");

let kernel;
const checks = [];
const check = (name, body) => checks.push([name, body]);

check("kernel_info names the language and comes on both channels", async () => {
  for (const channel of ["shell", "control"]) {
    const { reply } = await kernel.ask("kernel_info_request", {}, { channel });
    expect(reply.content.status === "ok" && reply.content.language_info.name === "C#", reply.content);
    expect(/^5\.[3-9]$/.test(reply.content.protocol_version), reply.content.protocol_version);
  }
});

check("a cell gives a rich result and the reply names its request", async () => {
  const request = await kernel.execute("new[] { new { Name = \"a\", Size = 1 }, new { Name = \"b\", Size = 2 } }");
  expect(request.reply.content.status === "ok", request.reply.content);
  expect(request.reply.parent.msg_id === request.id && request.reply.parent.session === kernel.session, request.reply.parent);
  const [{ data, execution_count: count }] = of(request, "execute_result");
  expect(data["text/html"].includes("<table") && data["text/html"].includes("Size") && "text/plain" in data, data);
  expect(count === request.reply.content.execution_count, count);
  const types = request.published.map((message) => message.type);
  expect(types[0] === "status" && types[1] === "execute_input" && types.at(-1) === "status", types);
});

check("a display changes in place", async () => {
  const request = await kernel.execute("var place = display(\"one\"); place.Update(\"two\");");
  const [shown] = of(request, "display_data");
  const [changed] = of(request, "update_display_data");
  expect(shown.transient.display_id && shown.transient.display_id === changed.transient.display_id, [shown, changed]);
});

check("completion replaces what is typed", async () => {
  const code = "Console.WriteL";
  const { reply } = await kernel.ask("complete_request", { code, cursor_pos: code.length });
  expect(reply.content.matches.includes("WriteLine"), reply.content);
  expect(reply.content.cursor_start === 8 && reply.content.cursor_end === code.length, reply.content);
});

check("inspection tells what a name is", async () => {
  const { reply } = await kernel.ask("inspect_request", { code: "Math.Max", cursor_pos: 8, detail_level: 0 });
  expect(reply.content.found && reply.content.data["text/plain"].includes("Max"), reply.content);
});

check("input is asked for on stdin and answered", async () => {
  kernel.input = (message) => {
    expect(message.type === "input_request", message);
    kernel.send("stdin", "input_reply", { value: "typed", status: "ok" });
  };
  expect(text(await kernel.execute("Console.ReadLine()")) === "typed", "another text");
});

check("an error has the cell's line", async () => {
  const request = await kernel.execute("var zero = 0;\n1 / zero");
  expect(request.reply.content.status === "error" && request.reply.content.ename.includes("DivideByZero"), request.reply.content);
  expect(request.reply.content.traceback.join("\n").includes("line 2"), request.reply.content.traceback);
});

check("an interrupt by message stops a loop and the next cell runs", async () => {
  const loop = kernel.begin("var kept = 3; Console.WriteLine(\"looping\"); while (true) { }");
  await within(loop.sees((message) => message.type === "stream"), "the loop's begin");
  const { reply } = await kernel.ask("interrupt_request", {}, { channel: "control" });
  expect(reply.type === "interrupt_reply" && reply.content.status === "ok", reply);
  expect((await within(loop.replied, "the loop's reply")).content.status === "error", "ok");
  await within(loop.idle, "the loop's idle");
  expect(text(await kernel.execute("kept + 1")) === "4", "another value");
});

check("control answers while a cell runs", async () => {
  const cell = kernel.begin("System.Threading.Thread.Sleep(1000); \"slept\"");
  await within(cell.sees((message) => message.type === "execute_input"), "the cell's begin");
  await kernel.ask("kernel_info_request", {}, { channel: "control" });
  expect(!of(cell, "execute_result").length, "the cell had ended before");
  await within(cell.idle, "the cell's idle");
  expect(text(cell) === "slept", text(cell));
});

check("two hundred requests at once are all answered, cells in order", async () => {
  const cells = Array.from({ length: 50 }, (_, n) => kernel.begin(`Console.Write(${n});`));
  const others = Array.from({ length: 150 }, () => kernel.ask("is_complete_request", { code: "1" }));
  await Promise.all(others);
  const replies = await Promise.all(cells.map((cell) => within(cell.replied, "a cell's reply")));
  const counts = replies.map((reply) => reply.content.execution_count);
  await Promise.all(cells.map((cell) => within(cell.idle, "a cell's idle")));
  expect(counts.every((count, n) => count === counts[0] + n), counts);
  expect(cells.every((cell, n) => streamed(cell) === String(n)), cells.map(streamed));
});

check("ten megabytes come in one output", async () => {
  const request = await kernel.execute("HTML(new string('x', 10_000_000))");
  expect(of(request, "execute_result")[0].data["text/html"].length === 10_000_000, "another length");
});

check("a subscription to one topic alone gets no more than that", async () => {
  const all = new zmq.Subscriber({ receiveHighWaterMark: 0, linger: 0 });
  const none = new zmq.Subscriber({ receiveHighWaterMark: 0, linger: 0, receiveTimeout: 300 });
  for (const socket of [all, none]) socket.connect(`tcp://127.0.0.1:${kernel.ports.iopub_port}`);
  all.subscribe("");
  none.subscribe("a topic that nothing has");
  try {
    const arrived = all.receive();
    for (let heard = false; !heard;) {
      await kernel.ask("kernel_info_request", {});
      heard = await Promise.race([arrived.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 100))]);
    }
    const nothing = await none.receive().then((frames) => frames.length, () => 0);
    expect(nothing === 0, nothing);
  } finally {
    all.close();
    none.close();
  }
});

check("the heartbeat echoes", async () => {
  const heart = new zmq.Request({ linger: 0, receiveTimeout: LIMIT });
  heart.connect(`tcp://127.0.0.1:${kernel.ports.hb_port}`);
  try {
    for (const beat of ["ping", "again"]) {
      await heart.send(beat);
      const [back] = await heart.receive();
      expect(back.toString() === beat, back.toString());
    }
  } finally {
    heart.close();
  }
});

check("a client that connects anew finds its variables", async () => {
  await kernel.execute("var across = 12;");
  kernel.disconnect();
  await kernel.connect();
  expect(text(await kernel.execute("across")) === "12", "another value");
});

check("shutdown is answered and ends the process and a fresh one knows nothing of before", async () => {
  const { reply } = await kernel.ask("shutdown_request", { restart: true }, { channel: "control", untilIdle: false });
  expect(reply.content.restart === true, reply.content);
  const { code } = await within(kernel.exited, "the end of the process");
  expect(code === 0, code);
  kernel.disconnect();
  kernel = await Kernel.start(process.env.JUPYTER_RUNTIME_DIR);
  const request = await kernel.execute("across");
  expect(request.reply.content.ename === "CS0103", request.reply.content);
});

check("nothing came with a wrong signature and the kernel said nothing beside", async () => {
  expect(!kernel.broken, String(kernel.broken));
  expect(kernel.said === "", kernel.said);
});

async function main() {
  kernel = await Kernel.start(process.env.JUPYTER_RUNTIME_DIR);
  try {
    for (const [name, body] of checks) {
      const began = Date.now();
      results[name] = await within(body(), name, 4 * LIMIT).then(() => "", (error) => error.stack ?? String(error));
      fs.writeFileSync(resultsPath, JSON.stringify(results));
      console.log(`${name}: ${results[name] || "ok"}, ${Date.now() - began} ms`);
    }
    if (kernel.said) console.log(kernel.said);
  } finally {
    await kernel.end();
  }
  return Object.values(results).every((result) => result === "") ? 0 : 1;
}

main().then((code) => process.exit(code), (error) => { console.error(error); process.exit(2); });
