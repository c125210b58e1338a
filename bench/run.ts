/**
 * The gateway beside a bare proxy, and beside what else one would take. Servers have one core, load and
 * vendor the other; rounds are interleaved, since machines drift, and it is the ratios that count. Fails
 * where an answer is wrong. `--quick` shows that it works; its figures mean little.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { pin } from './lib/process.ts';
import { measure, type Row, table } from './lib/rounds.ts';
import { growth } from './scenes/growth.ts';
import { profile } from './scenes/profile.ts';
import { sideBySide } from './scenes/side-by-side.ts';
import { start } from './scenes/start.ts';

const isQuick = process.argv.includes('--quick');
pin(process.pid, 1);

const tables: Record<string, Row[]> = {};
const texts: string[] = [];
const tell = (text: string) => {
  texts.push(text);
  process.stdout.write(`${text}\n`);
};

tell(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}${isQuick ? ', in short' : ''}\n`,
);
for (const scene of sideBySide(isQuick)) {
  const rows = await measure(scene);
  tables[scene.title] = rows;
  tell(table(scene.title, rows));
}
tell(await growth(isQuick));
tell(await start(isQuick));
tell(await profile(isQuick));

const folder = new URL('./report/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('latest.md', folder), texts.join('\n'));
writeFileSync(new URL('latest.json', folder), JSON.stringify(tables, null, 2));
process.exit(0);
