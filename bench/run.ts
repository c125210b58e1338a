/**
 * The gateway beside a bare proxy, and beside what else one would take. Servers have one core, load and
 * vendor the other; rounds are interleaved, since machines drift, and it is the ratios that count. Fails
 * where an answer is wrong. `--quick` shows that it works; its figures mean little.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { type BenchArguments, parseArguments } from './lib/arguments.ts';
import { canPin, pin } from './lib/process.ts';
import { renderMarkdown, toJson } from './lib/report.ts';
import { scenes } from './scenes/index.ts';

const folder = new URL('./report/', import.meta.url);

try {
  const names = scenes.map(({ name }) => name);
  const asked = parseArguments(process.argv.slice(2), names);
  if (asked.isList) list();
  else await measureAll(asked);
  process.exit(0);
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

function list(): void {
  for (const { name, about, isApart = false } of scenes)
    process.stdout.write(`${name.padEnd(12)}${about}${isApart ? ' (only where named)' : ''}\n`);
}

async function measureAll(asked: BenchArguments): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error(`got ${process.platform}; takes Linux, where /proc tells the CPU of processes`);
  pin(process.pid, 1);
  const chosen = scenes.filter(({ name, isApart = false }) =>
    asked.scenes.length === 0 ? !isApart : asked.scenes.includes(name),
  );
  const shared = canPin ? '' : ', servers and load on the same cores';
  const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model}${shared}`;
  const texts: string[] = [];
  const objects: object[] = [];
  const tell = (text: string) => {
    texts.push(text);
    process.stdout.write(`${text}\n`);
  };
  tell(`${machine}${asked.isQuick ? ', in short: the figures mean little' : ''}\n`);
  for (const scene of chosen) {
    const startedAt = performance.now();
    for (const table of await scene.run(asked)) {
      tell(renderMarkdown(table));
      objects.push({ scene: scene.name, ...toJson(table) });
    }
    process.stderr.write(
      `${scene.name}: ${((performance.now() - startedAt) / 1_000).toFixed(0)} s\n`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const report = { machine, isQuick: asked.isQuick, tables: objects };
  writeFileSync(new URL('latest.md', folder), texts.join('\n'));
  writeFileSync(new URL('latest.json', folder), `${JSON.stringify(report, null, 2)}\n`);
}
