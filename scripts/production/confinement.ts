import { execFile } from 'node:child_process';
import { chmod, chown, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The folders of a confined command. */
export interface Places {
  /** The working directory, which is read-only. */
  readonly app: string;
  /** The only writable folder. */
  readonly state: string;
}

/** The confinement that is possible on this machine and for this user. */
export interface Confinement {
  /** A description for the report. */
  readonly means: string;
  /** True if everything else is read-only as well. */
  readonly isWhole: boolean;
  /** The command that runs another one, confined; it becomes that one, and takes its signals. */
  wrap(command: readonly string[]): readonly string[];
}

/** The user of the image. */
const user = 1_000;

const unprivileged = `${runAsUser(user, user).join(' ')} --no-new-privs --bounding-set=-all --`;

/** In a mount namespace of its own, so that nothing is left to be undone. */
const readOnly =
  'mount --bind "$2" "$2"; for at in "$(stat -c %m "$1")" /; do mount -o remount,bind,ro "$at"; done; ';

/**
 * Confines commands as well as it can: as another user on a root that is read-only, where we are root and may
 * mount; as another user, where we are root; else as ourselves on a folder that we made unwritable.
 */
export async function confineCommand({ app, state }: Places): Promise<Confinement> {
  const wrapped = (namespace: readonly string[], script: string) => ({
    wrap: (command: readonly string[]) => [
      ...namespace,
      ...['sh', '-ec', script, 'sh', app, state, ...command],
    ],
  });
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    await protect(app);
    const means = 'as the user who runs this, with a folder that is read-only by its mode';
    return { means, isWhole: false, ...wrapped([], 'cd "$1"; shift 2; exec "$@"') };
  }
  await chown(state, user, user);
  const run = `cd "$1"; shift 2; exec ${unprivileged} "$@"`;
  const namespace = ['unshare', '--mount', '--propagation', 'private'];
  const whole = wrapped(namespace, readOnly + run);
  if (await isSuccessful(whole.wrap(['true']))) {
    const means = `as user ${user} without capabilities, on a root that is mounted read-only`;
    return { means, isWhole: true, ...whole };
  }
  const means = `as user ${user} without capabilities; this machine lets nobody mount, so that the folder is read-only by its owner`;
  return { means, isWhole: false, ...wrapped([], run) };
}

/** Lets its owner write to a folder again, so that it can be removed. */
export async function release(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await release(join(folder, entry.name));
  }
}

/** Returns the command prefix that runs a command as another user. */
export function runAsUser(uid: number | string, gid: number | string): readonly string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}

async function protect(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await protect(join(folder, entry.name));
  }
  await chmod(folder, 0o555);
}

async function isSuccessful([command = '', ...args]: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)(command, args);
    return true;
  } catch {
    return false;
  }
}
