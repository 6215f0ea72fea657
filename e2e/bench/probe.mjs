// What stands in every measured page: it notes when tiles are painted, how long input takes, and what jumps.
/* global document */

/** Put into the page before anything of its own. @param {{ id: string, token: string }} given */
export function probe({ id, token }) {
  if (location.protocol === 'about:') return;
  sessionStorage.setItem('portal.session', id);
  sessionStorage.setItem('bench.token', token);
  /** @type {any} */
  const bench = (Reflect.set(globalThis, '__bench', { tiles: 0, shifts: 0, slowest: 0, press: 0 }), Reflect.get(globalThis, '__bench'));
  /** The moment after the next paint. @param {(time: number) => void} then */
  const painted = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => then(performance.now());
      port1.postMessage(0);
    });
  const shown = () => {
    const text = document.querySelector('main [role=status]')?.textContent ?? '';
    return Number(/\d+/.exec(text.replace(/(?<=\d)[,.\u00a0\u202f](?=\d)/g, ''))?.[0] ?? -1);
  };
  bench.shown = shown;
  bench.settled = painted;
  const look = () => {
    // The skeleton has no links.
    if (document.querySelector('a.tile') && shown() >= 0) painted((time) => (bench.tiles = time));
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  /** From the next event of this type until the status says `expected` and that is painted. @param {string} type @param {number} expected */
  bench.arm = (type, expected) => {
    bench.press = 0;
    addEventListener(
      type,
      (event) => {
        const begun = event.timeStamp;
        const wait = () => (shown() === expected ? painted((time) => (bench.press = time - begun)) : requestAnimationFrame(wait));
        // Not before the input has arrived.
        queueMicrotask(() => setTimeout(wait, 0));
      },
      { capture: true, once: true },
    );
  };
  /** Scrolls at 3,000 px a second and counts frames over 25 ms. @param {number} milliseconds */
  bench.scroll = (milliseconds) =>
    new Promise((resolve) => {
      let at = /** @type {Element} */ (document.scrollingElement);
      for (let element = document.querySelector('a.tile'); element; element = element.parentElement) {
        const { overflowY } = getComputedStyle(element);
        if (element.scrollHeight > element.clientHeight + 1 && (overflowY === 'auto' || overflowY === 'scroll')) {
          at = element;
          break;
        }
      }
      let [begun, before, frames, late] = [0, 0, 0, 0];
      const step = (/** @type {number} */ now) => {
        if (begun === 0) begun = now;
        else {
          frames += 1;
          if (now - before > 25) late += 1;
        }
        before = now;
        at.scrollTop = (3 * (now - begun)) % Math.max(1, at.scrollHeight - at.clientHeight);
        if (now - begun < milliseconds) requestAnimationFrame(step);
        else {
          at.scrollTop = 0;
          resolve(frames === 0 ? 0 : (100 * late) / frames);
        }
      };
      requestAnimationFrame(step);
    });
  new PerformanceObserver((entries) => {
    for (const entry of /** @type {any[]} */ (entries.getEntries())) if (!entry.hadRecentInput) bench.shifts += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((entries) => {
    for (const entry of /** @type {any[]} */ (entries.getEntries())) {
      if (entry.interactionId) bench.slowest = Math.max(bench.slowest, entry.duration);
    }
  }).observe(/** @type {any} */ ({ type: 'event', durationThreshold: 16, buffered: true }));
}
