import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A V8 profile as `--cpu-prof` writes it, with times in µs. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** A function's share of the time when the process was not idle. */
export interface Share {
  readonly name: string;
  readonly percent: number;
}

const idle = new Set(['(idle)', '(program)']);

/** The function that accepts requests. Before its first call, the profile shows the start. */
const entrance = '/src/server/node.ts';

/**
 * Where the time of the gateway went by itself, by function, from its first request on: read from the only
 * profile in a folder.
 */
export function readShares(folder: string): { functions: Share[]; packages: Share[] } {
  const [file = ''] = readdirSync(folder);
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const byFunction = new Map<string, number>();
  const byPackage = new Map<string, number>();
  let total = 0;
  const first = profile.samples.findIndex((id) => isRequest(frames.get(id)));
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (index < first || frame === undefined || frame.functionName === '(idle)') return;
    const us = profile.timeDeltas[index] ?? 0;
    const where = getPlace(frame.url);
    const name = `${frame.functionName || '(anonymous)'} ${where}:${frame.lineNumber + 1}`;
    total += us;
    byFunction.set(name, (byFunction.get(name) ?? 0) + us);
    const part = idle.has(frame.functionName)
      ? 'system calls and libuv'
      : getPackage(frame.url, frame.functionName);
    byPackage.set(part, (byPackage.get(part) ?? 0) + us);
  });
  return { functions: sumShares(byFunction, total), packages: sumShares(byPackage, total) };
}

function isRequest(frame: CpuProfile['nodes'][number]['callFrame'] | undefined): boolean {
  return frame?.functionName === 'send' && frame.url.endsWith(entrance);
}

function sumShares(times: ReadonlyMap<string, number>, total: number): Share[] {
  return [...times]
    .map(([name, us]) => ({ name, percent: (100 * us) / total }))
    .toSorted((a, b) => b.percent - a.percent);
}

function getPlace(url: string): string {
  return url.replace(/^.*\/node_modules\//, '').replace(/^file:\/\/.*?\/(?=src\/|bench\/)/, '');
}

function getPackage(url: string, name: string): string {
  if (url === '')
    return name === '(garbage collector)' ? 'garbage collection' : 'V8 and its builtins';
  if (url.startsWith('node:')) return url;
  const [first = '', second = ''] = getPlace(url).split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
