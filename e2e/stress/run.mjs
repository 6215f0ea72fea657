// The stress test on demand: cargo xtask stress --rounds 500 [--browser firefox] [--variant no-worker] [--seed N].
import { parseArgs } from 'node:util';

import { brokenBy, faults, refreshThatFails } from './faults.mjs';
import { broken, play, sequence, variants } from './play.mjs';
import { kinds } from './rounds.mjs';
import { Session } from './session.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    browser: { type: 'string', default: 'chromium' },
    /** What the pages do without; `all` plays each. */
    variant: { type: 'string', default: 'all' },
    /** Rounds of one kind alone. */
    kind: { type: 'string', default: 'all' },
    /** In place of rounds: one refresh whose reply is lost, never comes, or comes late. */
    fault: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    tabs: { type: 'string', default: '8' },
    /** Milliseconds that an access token lives. */
    lifetime: { type: 'string', default: '5000' },
    /** Print what the service saw, once something is against the rule. */
    log: { type: 'boolean', default: false },
  },
});

/** One of the names that an option takes. @template {string} Name @param {string} option @param {string} given @param {readonly Name[]} names */
function one(option, given, names) {
  const found = names.find((name) => name === given);
  if (found === undefined) throw new Error(`--${option} is one of ${names.join(', ')}`);
  return found;
}

const seed = Number(values.seed);
const browser = one('browser', values.browser, /** @type {const} */ (['chromium', 'firefox']));
const chosen = values.variant === 'all' ? Object.keys(variants) : [one('variant', values.variant, Object.keys(variants))];
const played = values.kind === 'all' ? kinds : [one('kind', values.kind, kinds)];
const rounds = sequence(Number(values.rounds), played);
const fault = values.fault === undefined ? undefined : one('fault', values.fault, /** @type {(keyof typeof faults)[]} */ (Object.keys(faults)));
const say = (/** @type {string} */ line) => console.log(line);

/** @param {Session} session @returns {Promise<string[]>} what is against the rule */
async function playAll(session) {
  if (fault !== undefined) {
    const outcome = await refreshThatFails(session, fault);
    say(`  ${JSON.stringify(outcome)}`);
    return brokenBy(outcome, fault);
  }
  const result = await play(session, rounds, say);
  const { problems: _, ...figures } = result;
  say(`  ${JSON.stringify(figures)}`);
  return broken(result, session.browser.abilities);
}

let isBroken = false;
for (const name of chosen) {
  const abilities = variants[name];
  if (abilities === undefined) continue;
  say(`${browser}, ${name}, ${fault ?? `${rounds.length} rounds`}, --seed ${seed}`);
  const session = await Session.start({ browser, abilities, seed, tabs: Number(values.tabs), lifetimeMs: Number(values.lifetime), say });
  say(`  ${await session.describe()}`);
  const against = await playAll(session);
  for (const line of against) say(`  AGAINST THE RULE: ${line}`);
  if (values.log && against.length > 0) for (const line of session.service.log) say(line);
  isBroken ||= against.length > 0;
  await session.stop();
}
process.exitCode = isBroken ? 1 : 0;
