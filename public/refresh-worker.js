// Finishes a refresh of the session when the page that wanted it is reloaded or closed meanwhile. It handles no fetch
// event and caches nothing: every request of the portal goes to the network as if it were not there.

importScripts("session-store.js");

const base = new URL("./", self.location).pathname;
const store = openSessionStore(base);
const call = async (method, input) => JSON.parse(await store.call(method, JSON.stringify(input)));

// A reply of this call is small; an endless one must not fill the memory.
const LONGEST = 1 << 20;

const body = async (reply) => {
  const reader = reply.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let part; reader && !(part = await reader.read()).done; ) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > LONGEST) throw reader.cancel();
  }
  return text + decoder.decode();
};

const send = async ({ url, headers, budget }) => {
  const reply = await fetch(url, {
    headers,
    cache: "no-store",
    credentials: "same-origin",
    redirect: "manual",
    // Others wait for it, perhaps on all connections that the browser allows to a host.
    priority: "high",
    signal: AbortSignal.timeout(budget),
  });
  // An access proxy wants its own sign-in first; the service has not seen the call.
  if (reply.type === "opaqueredirect") return JSON.stringify({ status: 302, headers: [], body: "" });
  const read = (name) => reply.headers.get(name);
  const kept = ["retry-after", "date", "x-request-id"].filter((name) => read(name) !== null);
  return JSON.stringify({
    status: reply.status,
    headers: kept.map((name) => [name, read(name)]),
    body: await body(reply),
  });
};

const refresh = async (request, port) => {
  const { id, pair, budget } = request;
  // Marked first: from here on nobody sends this pair again.
  const mine = await call("claim", { id, pair, until: Date.now() + budget });
  port.postMessage("taken");
  let reply = null;
  if (mine) {
    reply = await send(request).catch(() => null);
    const stored = await call("answer", { id, pair, reply });
    // Somebody signed out meanwhile: the page that is still there gives the new pair back to the service.
    if (stored) reply = null;
  }
  port.postMessage(reply);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { data, ports, source } = event;
  // Only pages of this portal, not others of its origin.
  if (ports.length !== 1 || !source?.url?.startsWith(self.registration.scope)) return;
  event.waitUntil(refresh(data, ports[0]));
});
