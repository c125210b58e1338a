import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system in memory, which a test can fill. */
export interface SmallDisk extends AsyncDisposable {
  readonly folder: string;
  /** Fills it, so that no file on it can grow. */
  fill(): void;
  /** Makes room again. */
  clear(): void;
}

/** Whether this user may mount a file system: root on Linux may. */
export const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryToMount();

/** Mounts a file system of so many MiB. */
export async function mountSmallDisk(mebibytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'disk-'));
  mount(folder, mebibytes);
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      // The last pages are filled one by one.
      for (const size of [65_536, 4_096, 1]) fillWith(filler, Buffer.alloc(size));
    },
    clear: () => rmSync(filler, { force: true }),
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true });
    },
  };
}

function mount(folder: string, mebibytes: number): void {
  const options = `size=${mebibytes}m,mode=0777`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
}

function fillWith(file: string, bytes: Buffer): void {
  try {
    for (;;) appendFileSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

function tryToMount(): boolean {
  try {
    const folder = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
    mount(folder, 1);
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
    return true;
  } catch {
    return false;
  }
}
