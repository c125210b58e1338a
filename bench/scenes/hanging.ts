import { Connection } from '../lib/connection.ts';
import { getPercentile, type Load, renderRequest, run } from '../lib/load.ts';
import type { Measured } from '../lib/process.ts';
import { createAttachLoad, createRemoveLoad, threeVendorsLoad } from '../lib/requests.ts';
import { getMedian } from '../lib/rounds.ts';
import type { Scene } from '../lib/scene.ts';
import { patientEnv, type ServerName, startServer, titles } from '../lib/servers.ts';
import { type BenchVendor, startVendor } from '../lib/vendor.ts';

const hangingCalls = 500;
/** As many calls reach the vendor: the gateway's places, and the connections of the others' pools. */
const places = 256;

interface Round {
  readonly p50: number;
  readonly p99: number;
  readonly cpuUs: number;
}

/** Measures how one vendor that hangs under 500 calls affects the other three. */
export const hanging: Scene = {
  name: 'hanging',
  about: 'One of four vendors hangs under 500 calls: what that does to the other three',
  run: async ({ isQuick }) => {
    const rows = [];
    const names = isQuick ? (['ours'] as const) : (['bare', 'ours', 'mercurius'] as const);
    for (const name of names) rows.push(await measure(name, isQuick ? 1 : 7, isQuick ? 50 : 1_000));
    return [
      {
        title: `One vendor hangs under ${hangingCalls} calls: the latency of the others, 8 connections`,
        columns: [
          { name: 'server' },
          { name: 'p50 with ÷ without', digits: 2 },
          { name: 'p99 with ÷ without', digits: 2 },
          { name: 'CPU with ÷ without', digits: 2 },
          { name: 'p50 without, ms', digits: 2 },
          { name: 'p50 with, ms', digits: 2 },
          { name: 'p99 without, ms', digits: 2 },
          { name: 'p99 with, ms', digits: 2 },
          { name: 'of the 500 refused at once', digits: 0 },
        ],
        rows,
        notes: [
          'Two processes of each server, one with the calls that hang and one without, measured in turn; medians of the rounds. The gateway has four vendors, the others two. Nothing is refused: 256 calls stay at the vendor and the rest in the queues, until a timeout of minutes.',
        ],
      },
    ];
  },
};

async function measure(name: ServerName, rounds: number, operations: number) {
  await using vendor = await startVendor();
  const urls = { wethod: vendor.url('ok'), others: vendor.url('ok') };
  const options = { env: patientEnv };
  await using calm = await startServer(name, urls, options);
  await using hung = await startServer(name, { ...urls, aerospike: vendor.url('hang') }, options);
  const load = name === 'ours' ? threeVendorsLoad : createAttachLoad(name);
  for (const { port } of [calm, hung]) await run(port, load, 3 * operations, 8);
  const stuck = await hang(name, hung.port, vendor);
  const without: Round[] = [];
  const withIt: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    without.push(await measureRound(calm, load, operations));
    withIt.push(await measureRound(hung, load, operations));
  }
  const refused = stuck.refused();
  stuck.close();
  const getFigure = (some: readonly Round[], key: keyof Round) =>
    getMedian(some.map((one) => one[key]));
  const getRatio = (key: keyof Round) => getFigure(withIt, key) / getFigure(without, key);
  return [
    titles[name],
    getRatio('p50'),
    getRatio('p99'),
    getRatio('cpuUs'),
    getFigure(without, 'p50'),
    getFigure(withIt, 'p50'),
    getFigure(without, 'p99'),
    getFigure(withIt, 'p99'),
    refused,
  ];
}

async function measureRound(server: Measured, load: Load, operations: number): Promise<Round> {
  const before = server.cpuMs();
  const { latencies } = await run(server.port, load, operations, 8);
  const cpuUs = ((server.cpuMs() - before) * 1_000) / operations;
  return { p50: getPercentile(latencies, 50), p99: getPercentile(latencies, 99), cpuUs };
}

/** Sends the hanging calls, and waits until all have arrived. */
async function hang(name: ServerName, port: number, vendor: BenchVendor) {
  const { path, headers, body, refusal = '' } = createRemoveLoad(name);
  if (typeof headers === 'function')
    throw new Error('the calls that hang have headers of a caller each');
  const request = renderRequest(path, headers, body(0));
  const connections = await Connection.open(port, hangingCalls);
  let refused = 0;
  let wrong = '';
  for (const connection of connections) {
    connection.send(request).then(
      (answer) => {
        if (answer.includes(refusal)) refused += 1;
        else wrong = answer;
      },
      () => {},
    );
  }
  while (vendor.hung() < places) {
    if (wrong !== '') throw new Error(`a wrong answer: ${wrong}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const close = () => {
    for (const connection of connections) connection.close();
  };
  return { refused: () => refused, close };
}
