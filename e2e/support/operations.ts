// What a test performs of the operations of the service. docs/operations.md names the file of such a test for each
// operation, and a native test holds it against these files.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { places } from './host.mjs';

const table = readFileSync(path.join(places.repository, 'docs', 'operations.md'), 'utf8');

/** The calls by the names of the operations, such as `GET /v2.2/session/info`. */
const calls = new Map(
  table.split('\n').flatMap((line) => {
    const [, operation, call] = line.split('|').map((cell) => cell.trim());
    return operation !== undefined && /^(GET|POST) \//.test(call ?? '') ? [[operation, call ?? ''] as const] : [];
  }),
);

const type = 'operation';

/** Says of a test that it performs operations from the screen; where the service is asked over HTTP, it is held to that. */
export function performs(...operations: string[]): { annotation: { type: string; description: string }[] } {
  for (const operation of operations) if (!calls.has(operation)) throw new Error(`docs/operations.md has no ${operation}`);
  return { annotation: operations.map((description) => ({ type, description })) };
}

/** What a test has said that it performs, and no page has asked for. */
export function missed(annotations: readonly { type: string; description?: string }[], requests: readonly string[]): string[] {
  const said = annotations.filter((one) => one.type === type).map((one) => one.description ?? '');
  const made = requests.map((line) => line.split(/[ ?]/)).map(([method, url]) => `${method} ${url}`);
  return said.filter((operation) => {
    const [method, below] = (calls.get(operation) ?? '').split(' ');
    return !made.some((line) => line.startsWith(`${method} `) && line.endsWith(below ?? ''));
  });
}
