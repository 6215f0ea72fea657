// The session record that all tabs of this portal share, in IndexedDB: the one place where the newest token pair is. It
// is used by boot.js, by the program and by refresh-worker.js, so it is a plain script that defines one function.
//
// Rules (docs/sessions.md):
// - A pair is marked "sent" in a transaction before its refresh token is sent, so no tab ever sends it twice.
// - What is stored is encrypted with a key that scripts cannot export, where the browser has one.
// - Every change is announced on a channel without any secret; who hears it reads the store.

globalThis.openSessionStore = (base) => {
  const name = `app-portal ${base}`;
  const locks = globalThis.navigator?.locks;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  // IndexedDB -------------------------------------------------------------------------------------------------------

  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });

  let opened = null;
  const database = () => {
    opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("sessions", { keyPath: "id" });
        request.result.createObjectStore("state");
      };
      request.onsuccess = () => {
        const db = request.result;
        const reopen = () => (opened = null);
        db.onversionchange = () => (db.close(), reopen());
        db.onclose = reopen;
        resolve(db);
      };
      request.onerror = () => reject(request.error);
    });
    opened.catch(() => (opened = null));
    return opened;
  };

  // Runs `body` in one transaction. It may wait for requests of that transaction and for nothing else.
  const transaction = async (mode, body) => {
    const db = await database();
    // "strict": a pair that is marked as sent must still be marked after a crash.
    const tx = db.transaction(["sessions", "state"], mode, { durability: mode === "readwrite" ? "strict" : "default" });
    const finished = new Promise((resolve, reject) => {
      tx.oncomplete = resolve;
      tx.onabort = () => reject(tx.error ?? new Error("aborted"));
    });
    finished.catch(() => {});
    const sessions = tx.objectStore("sessions");
    const state = tx.objectStore("state");
    const result = await body(sessions, state);
    await finished;
    return result;
  };

  // Encryption ------------------------------------------------------------------------------------------------------

  const subtle = globalThis.crypto?.subtle;

  const key = async () => {
    const found = await transaction("readonly", (_, state) => done(state.get("key")));
    if (found !== undefined || subtle === undefined) return found;
    const made = await subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return transaction("readwrite", async (_, state) => {
      const other = await done(state.get("key"));
      if (other === undefined) await done(state.put(made, "key"));
      return other ?? made;
    });
  };

  const seal = async (text) => {
    const secret = await key();
    if (secret === undefined) return { text };
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await subtle.encrypt({ name: "AES-GCM", iv }, secret, encoder.encode(text)) };
  };

  const unseal = async (sealed, secret) => {
    if (sealed.text !== undefined) return sealed.text;
    return decoder.decode(await subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, secret, sealed.data));
  };

  // Records ---------------------------------------------------------------------------------------------------------

  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : null;
  const announce = () => channel?.postMessage('{"k":"session"}');

  const isOver = (record, out, ended) => !(record.since > (out ?? 0)) || (ended ?? []).some((end) => end.id === record.id);

  // A page that sends a refresh itself holds a lock meanwhile, so that nobody waits for a page that is gone. The service
  // worker needs none: it goes on. Where there are no locks, the time that a sender has must pass.
  const sendingLock = ({ id, pair }) => `${name} sending ${id} ${pair}`;
  let sent = null;
  const holdSending = (which) =>
    new Promise((resolve) => {
      if (locks === undefined) return resolve();
      const held = new Promise((release) => (sent = release));
      locks.request(sendingLock(which), () => (resolve(), held)).catch(resolve);
    });
  const letGoSending = () => {
    sent?.();
    sent = null;
  };
  const isGone = async (record) => {
    if (record.phase !== "sent" || !record.page || locks === undefined) return false;
    const { held } = await locks.query();
    return !held.some((lock) => lock.name === sendingLock(record));
  };

  // What a tab can know of a session: the newest one where no id is given.
  const snapshot = async ({ id = null } = {}) => {
    const [records, out, ended, secret] = await transaction("readonly", (sessions, state) =>
      Promise.all([done(sessions.getAll()), done(state.get("out")), done(state.get("ended")), done(state.get("key"))]),
    );
    const living = records.filter((record) => !isOver(record, out, ended));
    living.sort((a, b) => b.since - a.since);
    const record = id === null ? living[0] : living.find((other) => other.id === id);
    const end = (ended ?? []).find((other) => other.id === id);
    const known = { out: out ?? 0, ended: end?.why ?? null, session: null };
    if (record === undefined) return known;
    const { pair, phase } = record;
    const until = (await isGone(record)) ? 0 : record.until;
    try {
      const text = await unseal(record.sealed, secret);
      const reply = phase === "replied" ? await unseal(record.reply, secret) : null;
      known.session = { id: record.id, since: record.since, keep: record.keep, pair, phase, until, text, reply };
    } catch {
      // The key is not the one that it was written with: nobody can read this record any more.
    }
    return known;
  };

  // Stores the record of a pair. "behind": the store has a newer one. "over": the session has ended meanwhile.
  const save = async ({ id, since, keep, pair, text, supersede }) => {
    const sealed = await seal(text);
    return transaction("readwrite", async (sessions, state) => {
      const [held, out, ended] = await Promise.all([
        done(sessions.get(id)),
        done(state.get("out")),
        done(state.get("ended")),
      ]);
      if (isOver({ id, since }, out, ended)) return { outcome: "over", pair };
      // The service has made this pair in place of whatever the store holds. A renewal counts one up, so that a reply to
      // one that was under way never has the same number.
      const number = supersede && held !== undefined ? Math.max(pair, held.pair + 2) : pair;
      if (held !== undefined && held.pair > number) return { outcome: "behind", pair: held.pair };
      const same = held?.pair === number ? { phase: held.phase, until: held.until, reply: held.reply } : { phase: "ready" };
      await done(sessions.put({ ...same, id, since, keep, pair: number, sealed, seen: Date.now() }));
      return { outcome: "saved", pair: number };
    });
  };

  // Changes the record of one pair if it is in one of these phases; says whether it did.
  const change = ({ id, pair }, phases, make) =>
    transaction("readwrite", async (sessions, state) => {
      const [held, out, ended] = await Promise.all([
        done(sessions.get(id)),
        done(state.get("out")),
        done(state.get("ended")),
      ]);
      if (held === undefined || held.pair !== pair || !phases.includes(held.phase) || isOver(held, out, ended)) return false;
      await done(sessions.put({ ...held, until: 0, reply: undefined, ...make }));
      return true;
    });

  // Ends a session. A sign-out (`out` is its time) ends all that began before it. Says whether the refresh token of the
  // session has not been sent.
  const end = ({ id, why, out }) =>
    transaction("readwrite", async (sessions, state) => {
      const [records, before, ended] = await Promise.all([
        done(sessions.getAll()),
        done(state.get("out")),
        done(state.get("ended")),
      ]);
      // A tab that still works with it must not write it again.
      const others = (ended ?? []).filter((other) => other.id !== id);
      await done(state.put([{ id, why, at: Date.now() }, ...others].slice(0, 20), "ended"));
      if (out !== null) await done(state.put(Math.max(before ?? 0, out), "out"));
      const over = records.filter((record) => record.id === id || (out !== null && record.since <= out));
      await Promise.all(over.map((record) => done(sessions.delete(record.id))));
      if (over.length === records.length) await done(state.delete("key"));
      return records.some((record) => record.id === id && record.phase === "ready");
    });

  // Who is there ----------------------------------------------------------------------------------------------------

  const alive = `${name} alive`;
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  // Held for as long as the page lives, but not while it waits in the history: a page with a lock is not kept there.
  let leave = null;
  const hold = () => {
    if (leave !== null) return;
    const held = new Promise((resolve) => (leave = resolve));
    locks?.request(alive, { mode: "shared" }, () => held).catch(() => {});
  };
  const letGo = () => {
    leave?.();
    leave = null;
  };

  // Plain http has no locks: there the other tabs are asked.
  const othersAnswer = () =>
    new Promise((resolve) => {
      if (channel === null) return resolve(false);
      const hear = ({ data }) => data === '{"k":"here"}' && resolve(true);
      channel.addEventListener("message", hear);
      channel.postMessage('{"k":"who"}');
      setTimeout(() => (channel.removeEventListener("message", hear), resolve(false)), 250);
    });
  const answerOthers = () => {
    if (locks !== undefined) return;
    channel?.addEventListener("message", ({ data }) => data === '{"k":"who"}' && channel.postMessage('{"k":"here"}'));
  };
  const othersThere = async () => {
    if (locks === undefined) return othersAnswer();
    const { held } = await locks.query();
    return held.some((lock) => lock.name === alive);
  };

  // No event tells that the last tab was closed. So what was not to be kept is erased by the next one that is opened. A
  // tab that is being reloaded holds no lock for a moment: a record that was in use just now is given time for that.
  const RECENT_MS = 90_000;
  const RELOAD_MS = 4_000;
  const start = async ({ id }) => {
    answerOthers();
    const others = await othersThere();
    hold();
    const doomed = (record) => !record.keep && record.id !== id;
    const erase = (older) =>
      transaction("readwrite", async (sessions) => {
        const records = await done(sessions.getAll());
        const left = records.filter((record) => doomed(record) && record.seen < older);
        await Promise.all(left.map((record) => done(sessions.delete(record.id))));
        return records.length > left.length && records.every(doomed);
      });
    // True where only records are left that were in use just now.
    if (!others && (await erase(Date.now() - RECENT_MS))) {
      const until = Date.now() + RELOAD_MS;
      let there = false;
      while (!there && Date.now() < until) {
        await pause(100);
        // This tab holds the lock, too.
        there = locks === undefined ? await othersAnswer() : (await locks.query()).held.filter((lock) => lock.name === alive).length > 1;
      }
      if (!there) await erase(Infinity);
    }
    const known = await snapshot({ id });
    if (known.session !== null || id === null) return known;
    const newest = await snapshot();
    return newest.session === null ? known : newest;
  };

  // Why a session ended a moment ago, for a tab that was not there to see it.
  const JUST_NOW_MS = 60_000;
  const startAndSay = async (given) => {
    const known = await start(given);
    if (known.session !== null || known.ended !== null) return known;
    const [last] = (await transaction("readonly", (_, state) => done(state.get("ended")))) ?? [];
    return last?.at > Date.now() - JUST_NOW_MS ? { ...known, ended: last.why } : known;
  };

  const SEEN_MS = 20_000;
  const touch = ({ id }) =>
    transaction("readwrite", async (sessions) => {
      const held = await done(sessions.get(id));
      if (held !== undefined) await done(sessions.put({ ...held, seen: Date.now() }));
    });

  // The service worker ----------------------------------------------------------------------------------------------

  const TAKEN_MS = 1_000;
  const worker = async () => {
    const container = globalThis.navigator?.serviceWorker;
    return (await container?.getRegistration(base))?.active ?? null;
  };

  // Has the worker send a refresh: it goes on when this page goes away. "none": this page has to do it. Otherwise the
  // outcome is in the store, or, where the session has ended meanwhile, here.
  const send = async (request) => {
    const active = await worker().catch(() => null);
    if (active === null) return { taken: false, reply: null };
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const nobody = setTimeout(() => resolve({ taken: false, reply: null }), TAKEN_MS);
      const gone = setTimeout(() => resolve({ taken: true, reply: null }), request.budget + 5_000);
      port1.onmessage = ({ data }) => {
        clearTimeout(nobody);
        if (data === "taken") return;
        clearTimeout(gone);
        resolve({ taken: true, reply: data });
      };
      active.postMessage(request, [port2]);
    });
  };

  const register = async () => {
    const container = globalThis.navigator?.serviceWorker;
    await container?.register(`${base}refresh-worker.js`, { scope: base, updateViaCache: "none" });
  };

  // One at a time, in the order that they were asked for: a record that is saved late must not outlive a sign-out.
  const methods = {
    start: startAndSay,
    snapshot,
    save,
    claim: async ({ id, pair, until, page = false }) => {
      if (page) await holdSending({ id, pair });
      const mine = await change({ id, pair }, ["ready"], { phase: "sent", until, page });
      if (!mine) letGoSending();
      return mine;
    },
    answer: async ({ id, pair, reply }) => {
      const sealed = reply === null ? undefined : await seal(reply);
      const stored = await change({ id, pair }, ["sent"], sealed ? { phase: "replied", reply: sealed } : { phase: "lost" });
      letGoSending();
      return stored;
    },
    // The service has refused the pair before it used it.
    release: (which) => change(which, ["sent", "replied"], { phase: "ready" }),
    // The service has answered, and nobody can say whether the pair was used.
    lose: (which) => change(which, ["sent", "replied"], { phase: "lost" }),
    end,
    touch,
    flush: () => {},
    send,
    register,
  };
  const changing = new Set(["save", "claim", "answer", "release", "lose", "end"]);
  const alone = new Set([...changing, "touch", "flush"]);
  let queue = Promise.resolve();
  // Takes and gives JSON, so that the program needs no other way in.
  const call = (method, text) => {
    const run = async () => {
      const outcome = await methods[method](JSON.parse(text));
      if (changing.has(method)) announce();
      return JSON.stringify(outcome ?? null);
    };
    if (!alone.has(method)) return run();
    const turn = queue.then(run, run);
    queue = turn.catch(() => {});
    return turn;
  };

  return { call, channel, hold, letGo, seenEvery: SEEN_MS };
};
