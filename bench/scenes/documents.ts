import { Connection } from '../lib/connection.ts';
import { createOrdinaryDocuments, hostileDocuments } from '../lib/hostile.ts';
import { renderRequest } from '../lib/load.ts';
import type { Measured } from '../lib/process.ts';
import type { Cell } from '../lib/report.ts';
import { createCredentials } from '../lib/requests.ts';
import { getMedian } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';
import { type ServerName, startServer } from '../lib/servers.ts';

/** The URL of a closed port, because a rejected document calls no vendor. */
const nowhere = { wethod: 'http://127.0.0.1:9' };

/** Longer than any server should take for a document, in ms. */
const patience = 5_000;

interface Costs {
  /** The CPU of each repetition, in ms. */
  readonly cpuMs: readonly number[];
  readonly said: string;
}

/** Measures the cost of hostile documents until a server rejects or answers them. */
export const documents: Scene = {
  name: 'documents',
  about: 'CPU that hostile documents cost before they are refused, beside Mercurius',
  run: async ({ isQuick }) => {
    const ours = await measure('ours', isQuick ? 1 : 15, isQuick ? 10 : 300);
    const theirs = await measure('mercurius', isQuick ? 1 : 3, isQuick ? 10 : 300);
    const plain = getMedian(ours.get('a plain one')?.cpuMs ?? []);
    return [
      {
        title: 'Hostile documents: CPU of one, none of them seen before',
        columns: [
          { name: 'document' },
          { name: '÷ a plain one', digits: 1 },
          { name: '÷ Mercurius', digits: 2 },
          { name: 'median, ms', digits: 2 },
          { name: 'most, ms', digits: 2 },
          { name: 'answer' },
          { name: 'Mercurius, ms', digits: 2 },
          { name: 'its answer' },
        ],
        rows: [...ours].map(([name, { cpuMs, said }]): Cell[] => {
          const [median, their] = [getMedian(cpuMs), theirs.get(name)];
          const theirMs = getMedian(their?.cpuMs ?? []);
          const most = Math.max(...cpuMs);
          const ratios = [median / plain, median / theirMs];
          return [name, ...ratios, median, most, said, theirMs, their?.said ?? null];
        }),
        notes: [
          `After as many ordinary documents. Mercurius has no limits by itself but the body's; what it does not know of this graph fails in its validation. No answer within ${patience / 1_000} s is told as such.`,
        ],
      },
    ];
  },
};

async function measure(
  name: ServerName,
  rounds: number,
  warmUps: number,
): Promise<Map<string, Costs>> {
  let server = await startForDocuments(name, warmUps);
  try {
    const costs = new Map<string, Costs>();
    for (const [title, query] of Object.entries(hostileDocuments)) {
      const cpuMs: number[] = [];
      let said = '';
      for (let round = 0; round < rounds; round += 1) {
        // Each a little different, so that no cache of documents answers in place of the work.
        const one = await measureCost(server, `${query} # ${title} ${round}`);
        cpuMs.push(one.cpuMs);
        said = one.said;
        if (!one.isLate) continue;
        await server[Symbol.asyncDispose]();
        server = await startForDocuments(name, warmUps);
        break;
      }
      costs.set(title, { cpuMs, said });
    }
    return costs;
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

/** Starts a server and sends it ordinary documents, so that its code is compiled before the measurement. */
async function startForDocuments(name: ServerName, warmUps: number): Promise<Measured> {
  const server = await startServer(name, nowhere);
  for (let index = 0; index < warmUps; index += 1)
    for (const query of createOrdinaryDocuments(index)) await measureCost(server, query);
  return server;
}

async function measureCost(server: Measured, query: string) {
  const [connection] = await Connection.open(server.port, 1);
  if (connection === undefined) throw new Error('no connection');
  const request = renderRequest('/graphql', createCredentials(1), JSON.stringify({ query }));
  const before = server.cpuMs();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patience, null);
  });
  const answer = await Promise.race([connection.send(request), late]);
  clearTimeout(timer);
  const cpuMs = server.cpuMs() - before;
  connection.close();
  if (answer === null) return { cpuMs, said: 'none', isLate: true };
  return { cpuMs, said: readMessage(answer), isLate: false };
}

/** Returns the status of a response and the code of its first error. */
function readMessage(answer: string): string {
  const [, status = ''] = /^HTTP\/1\.1 (\d+)/.exec(answer) ?? [];
  const [, code] = /"code":"([A-Z_]+)"/.exec(answer) ?? [];
  return `${status} ${code ?? (answer.includes('"errors"') ? 'refused' : 'answered')}`;
}
