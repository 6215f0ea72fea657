// Random numbers from a seed, so that a run can be repeated (mulberry32).

/**
 * @typedef {object} Random
 * @property {() => number} next a number from 0 up to 1
 * @property {(from: number, to: number) => number} between a whole number, both ends included
 * @property {<T>(all: readonly T[]) => T} pick one of several
 * @property {<T>(all: readonly T[]) => T[]} shuffled the same in another order
 */

/** @param {number} seed @returns {Random} */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** @param {number} from @param {number} to */
  const between = (from, to) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between,
    pick: (all) => {
      const one = all[between(0, all.length - 1)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    shuffled: (all) => {
      const rest = [...all];
      for (let last = rest.length - 1; last > 0; last -= 1) {
        const other = between(0, last);
        const [a, b] = [rest[last], rest[other]];
        if (a !== undefined && b !== undefined) [rest[last], rest[other]] = [b, a];
      }
      return rest;
    },
  };
}

/** @param {number} milliseconds @returns {Promise<void>} */
export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
