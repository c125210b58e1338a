import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** A measured process. */
export interface Measured extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** The time from the start until it reported its port, in ms. */
  readonly startMs: number;
  /** Returns the CPU time of the process and its children, in ms. */
  cpuMs(): number;
  /** Returns the time that its main thread waited for a busy core, in ms. */
  waitedMs(): number;
  /** Returns its resident memory, in MiB. */
  residentMiB(): number;
  /** The beginning of its output. */
  readonly told: string;
  /** Stops it, and waits until it has ended. */
  end(): Promise<void>;
}

/** True if processes can be pinned to cores. Otherwise, servers and load share all cores. */
export const canPin =
  availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Pins a process to one core, if possible. */
export function pin(pid: number, core: number): void {
  if (canPin) execFileSync('taskset', ['-acp', String(core), String(pid)], { stdio: 'ignore' });
}

/**
 * Starts a server on a core of its own, and waits until it tells its port.
 *
 * @param told what it prints once it listens; its first group is the port
 */
export async function startMeasured(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  core: number,
  told = /port (\d+)/,
): Promise<Measured> {
  const startedAt = performance.now();
  const all = { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env };
  const pinned = canPin ? ['taskset', '-c', String(core)] : [];
  const [command = '', ...rest] = [...pinned, process.execPath, ...args];
  const child = spawn(command, rest, { env: all, stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  child.once('close', () => running.delete(child));
  const { port, text } = await readPort(child, told);
  const startMs = performance.now() - startedAt;
  const pid = child.pid ?? 0;
  return {
    pid,
    port,
    startMs,
    told: text,
    cpuMs: () => listProcessTree(pid).reduce((sum, one) => sum + readCpu(one), 0),
    waitedMs: () =>
      Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6,
    residentMiB: () => listProcessTree(pid).reduce((sum, one) => sum + readResidentMemory(one), 0),
    end: async () => {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode}`);
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}

function readPort(child: ChildProcess, told: RegExp): Promise<{ port: number; text: string }> {
  let text = '';
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`a server has not told its port in a minute: ${text}`));
    const timer = setTimeout(late, 60_000);
    // Read to the end, whatever it is: what a server logs must not fill the pipe, nor find it closed.
    let isTold = false;
    child.stdout?.on('data', (chunk) => {
      if (isTold) return;
      text += chunk;
      const [, port] = told.exec(text) ?? [];
      if (port === undefined) return;
      isTold = true;
      clearTimeout(timer);
      resolve({ port: Number(port), text });
    });
    child.once('close', () =>
      reject(new Error(`a server ended without telling its port: ${text}`)),
    );
  });
}

/** Stops all measured processes when this process ends. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** Lists a process and its descendants. */
export function listProcessTree(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => listProcessTree(Number(child)))];
}

/** The CPU time of a process's threads in ms; the kernel tells it in ns, see proc(5) and its sched-stats. */
export function readCpu(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ns = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ns.reduce((sum, one) => sum + one, 0) / 1e6;
}

function readResidentMemory(pid: number): number {
  const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}
