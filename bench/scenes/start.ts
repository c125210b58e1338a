import { run } from '../lib/load.ts';
import { removeLoad } from '../lib/requests.ts';
import { startServer } from '../lib/servers.ts';
import { startVendor } from '../lib/vendor.ts';

/** From the start of the process to its first answer, beside the bare proxy's. */
export async function start(isQuick: boolean): Promise<string> {
  await using vendor = await startVendor();
  const best = { bare: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
  for (let round = 0; round < (isQuick ? 2 : 5); round += 1) {
    for (const name of ['bare', 'ours'] as const) {
      const startedAt = performance.now();
      await using server = await startServer(name, vendor.url('ok'));
      await run(server.port, removeLoad, 1, 1);
      best[name] = Math.min(best[name], performance.now() - startedAt);
    }
  }
  const ratio = (best.ours / best.bare).toFixed(2);
  return `### Start to first answer\n\nThe gateway ${best.ours.toFixed(0)} ms, the bare proxy ${best.bare.toFixed(0)} ms: ${ratio} ×.\n`;
}
