import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lib/load.ts';
import { type Share, sharesIn } from '../lib/profile.ts';
import { attachLoad } from '../lib/requests.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

const mostShown = 40;

/** Where the gateway's CPU goes, by package and by function: a profile of V8 under the load of a change. */
export async function profile(isQuick: boolean): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    await using vendor = await startVendor();
    const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
    const server = await startServer('ours', vendor.url('ok'), { flags });
    await run(server.port, attachLoad, isQuick ? 1_000 : 30_000, 64);
    await server.end();
    const { functions, packages } = sharesIn(folder);
    return [
      '### Where the CPU goes',
      '',
      ...tableOf('part', packages.slice(0, mostShown / 2)),
      ...tableOf('function', functions.slice(0, mostShown)),
    ].join('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tableOf(what: string, shares: readonly Share[]): string[] {
  const rows = shares.map(({ name, percent }) => `| ${name} | ${percent.toFixed(1)} |`);
  return [`| ${what} | % |`, '|---|---|', ...rows, ''];
}
