// The stress test on demand: cargo xtask stress --rounds 500 [--browser firefox] [--variant no-worker] [--seed N].
import { parseArgs } from 'node:util';

import { Session } from './session.mjs';
import { kinds } from './rounds.mjs';
import { broken, play, sequence, variants } from './play.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    browser: { type: 'string', default: 'chromium' },
    variant: { type: 'string', default: 'all' },
    kind: { type: 'string', default: 'all' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    tabs: { type: 'string', default: '8' },
    lifetime: { type: 'string', default: '5000' },
    log: { type: 'boolean', default: false },
  },
});
const browser = values.browser === 'firefox' ? 'firefox' : 'chromium';
const chosen = Object.keys(variants).filter((name) => values.variant === 'all' || name === values.variant);
const rounds = kinds.filter((kind) => values.kind === 'all' || kind === values.kind);
if (chosen.length === 0) throw new Error(`--variant is one of ${Object.keys(variants).join(', ')}, all`);
if (rounds.length === 0) throw new Error(`--kind is one of ${kinds.join(', ')}, all`);

let isBroken = false;
for (const name of chosen) {
  const abilities = variants[name];
  if (abilities === undefined) continue;
  const seed = Number(values.seed);
  const say = (/** @type {string} */ line) => console.log(line);
  say(`${browser}, ${name}, ${values.rounds} rounds, --seed ${seed}`);
  const session = await Session.start({ browser, abilities, seed, tabs: Number(values.tabs), lifetimeMs: Number(values.lifetime), say });
  const result = await play(session, sequence(Number(values.rounds), rounds), say);
  const against = broken(result, abilities);
  const { problems: _, ...figures } = result;
  say(`  ${JSON.stringify(figures)}`);
  for (const line of against) say(`  AGAINST THE RULE: ${line}`);
  if (values.log && against.length > 0) for (const line of session.service.log) say(line);
  isBroken ||= against.length > 0;
  await session.stop();
}
process.exitCode = isBroken ? 1 : 0;
