import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../lib/load.ts';
import { readShares, type Share } from '../lib/profile.ts';
import type { Table } from '../lib/report.ts';
import { createAttachLoad } from '../lib/requests.ts';
import type { Scene } from '../lib/scene.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

const mostShown = 40;

/** Profiles the gateway's CPU under the load of a change, by package and by function. */
export const profile: Scene = {
  name: 'profile',
  about: "Where the gateway's CPU goes, by package and by function",
  run: async ({ isQuick }) => {
    const folder = mkdtempSync(join(tmpdir(), 'profile-'));
    try {
      await using vendor = await startVendor();
      const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
      const options = { flags, isFromSource: true };
      const server = await startServer('ours', { wethod: vendor.url('ok') }, options);
      await run(server.port, createAttachLoad('ours'), isQuick ? 1_000 : 30_000, 64);
      await server.end();
      const { functions, packages } = readShares(folder);
      return [
        renderProfile('Where the CPU goes, by part', packages.slice(0, mostShown / 2)),
        renderProfile('Where the CPU goes, by function', functions.slice(0, mostShown)),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function renderProfile(title: string, shares: readonly Share[]): Table {
  const columns = [{ name: 'what' }, { name: '%', digits: 1 }];
  return { title, columns, rows: shares.map(({ name, percent }) => [name, percent]) };
}
