import type { Measured } from './process.ts';
import type { LoadOf } from './requests.ts';
import type { Contender } from './rounds.ts';
import { type ServerName, type StartOptions, startServer, titles } from './servers.ts';

/** A contender of one process. */
export interface SingleContender extends Contender {
  start(vendorUrl: string): Promise<Measured>;
}

/** Creates contenders from servers under a load. */
export function createContenders(names: readonly ServerName[], load: LoadOf): Contender[] {
  return names.map((name) => ({
    title: titles[name],
    start: (wethod) => startServer(name, { wethod }),
    load: load(name),
  }));
}

/** Creates a contender: the gateway with different settings. */
export function createVariant(
  title: string,
  load: LoadOf,
  options: StartOptions = {},
): SingleContender {
  return {
    title,
    start: (wethod) => startServer('ours', { wethod }, options),
    load: load('ours'),
  };
}
