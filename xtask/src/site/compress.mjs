// Writes FILE.br (quality 11) and FILE.gz (level 9) beside every text-like file below the folder given.
// One that does not get smaller gets no sibling.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv.at(-1);
const kinds = /\.(html|css|js|mjs|wasm|json|svg|txt|webmanifest|xml)$/;

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  // portal.json is edited where it stands: a compressed copy would go on saying what it said before.
  if (!entry.isFile() || !kinds.test(entry.name) || entry.name === 'portal.json') continue;
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  if (brotli.length < bytes.length) writeFileSync(`${file}.br`, brotli);
  if (gzip.length < bytes.length) writeFileSync(`${file}.gz`, gzip);
}
