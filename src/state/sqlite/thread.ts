import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { DatabaseHeldError } from '../unavailable.ts';
import { SqliteDatabase } from './database.ts';
import type { CallMessage, ReplyMessage, ThreadData } from './messages.ts';

/*
 * The thread of the embedded database. It runs the calls that have gathered during a commit in the next one: a disk that
 * takes 10 ms for a commit serves any number of changes in it.
 */

/** The most calls of one transaction, so that the first of them is not kept waiting by the last. */
const mostCalls = 256;

const port = parentPort as MessagePort;
const { path, owner } = workerData as ThreadData;
const post = (message: ReplyMessage) => port.postMessage(message);

function open(): SqliteDatabase | null {
  try {
    return new SqliteDatabase(path, owner);
  } catch (error) {
    const kind = error instanceof DatabaseHeldError ? 'held' : 'failed';
    post({ kind, message: (error as Error).message });
    return null;
  }
}

const database = open();
if (database !== null) {
  post({ kind: 'opened' });
  port.on('message', (first: CallMessage | 'close') => {
    const calls: CallMessage[] = [];
    let next: CallMessage | 'close' | undefined = first;
    while (next !== undefined && next !== 'close') {
      calls.push(next);
      if (calls.length === mostCalls) break;
      next = receiveMessageOnPort(port)?.message;
    }
    if (calls.length > 0) run(database, calls);
    if (next === 'close') {
      database.close();
      port.close();
    }
  });
}

function run(open: SqliteDatabase, calls: readonly CallMessage[]): void {
  try {
    const results = open.commit(() =>
      calls.map(({ id, method, parameters }) => {
        const call = open[method] as (...all: readonly unknown[]) => unknown;
        return [id, call.apply(open, [...parameters])] as const;
      }),
    );
    post({ kind: 'committed', results });
  } catch (error) {
    post({
      kind: 'rolledBack',
      ids: calls.map(({ id }) => id),
      message: (error as Error).message,
    });
  }
}
