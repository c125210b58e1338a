import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One of the gateway's own processes, started as `npm start` and `npm run sandbox` start it. */
export interface TestProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  readonly output: () => string;
  /** Resolves with the first match in what is printed. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code. */
  readonly exited: Promise<number | null>;
}

/**
 * Starts the gateway as the image does, or the sandbox as `npm run sandbox` does.
 *
 * @param entry a file in `src`
 * @param args the arguments after it
 */
export function startProcess(
  entry: 'main.ts' | 'sandbox/main.ts',
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): TestProcess {
  const path = entry === 'main.ts' ? 'dist/main.js' : `src/${entry}`;
  const file = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const flags = entry === 'main.ts' ? [] : ['--import=./src/preload.js'];
  return startCommand(process.execPath, [...flags, file, ...args], {
    ADMIN_PORT: '0',
    ...env,
  });
}

/** Starts any command, by default in the project's folder, where no database is created. */
export function startCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string | null = null,
): TestProcess {
  const cwd = folder ?? fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(command, args, {
    cwd,
    env: folder === null ? { DATABASE_URL: 'off', ...env } : env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    output: () => output,
    exited,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        exited.then(
          () => reject(new Error(`ended without printing ${pattern}: ${output}`)),
          reject,
        );
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
