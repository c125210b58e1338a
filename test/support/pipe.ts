import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A named pipe whose reader a test plays: it stands in for a disk that stalls. */
export interface StallingPipe extends AsyncDisposable {
  readonly file: string;
  /** Fills it, so that no write succeeds any more. */
  fill(): void;
  /** Reads all that is in it. Returns its JSON lines, without what it was filled with. */
  drain(): Record<string, unknown>[];
}

const filler = 'x'.repeat(4_095);

/** Makes a pipe that is empty. */
export function makePipe(): StallingPipe {
  const folder = mkdtempSync(join(tmpdir(), 'pipe-'));
  const file = join(folder, 'pipe');
  execFileSync('mkfifo', [file]);
  const descriptor = openSync(file, constants.O_RDWR | constants.O_NONBLOCK);
  let rest = '';
  return {
    file,
    fill: () => {
      waitUntilEmptyOrFull(() => writeSync(descriptor, `${filler}\n`));
      // What is left of the last page, which a shorter line would still get into.
      waitUntilEmptyOrFull(() => writeSync(descriptor, '\n'));
    },
    drain: () => {
      const bytes = Buffer.alloc(65_536);
      waitUntilEmptyOrFull(() => {
        rest += bytes.toString('utf8', 0, readSync(descriptor, bytes));
      });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
    },
    [Symbol.asyncDispose]: async () => {
      closeSync(descriptor);
      await rm(folder, { recursive: true });
    },
  };
}

function waitUntilEmptyOrFull(step: () => void): void {
  try {
    for (;;) step();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
