import { Connection } from './connection.ts';

/** A request that is sent over and over. */
export interface Load {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the n-th request, in ASCII. */
  readonly body: (index: number) => string;
  /** Found in each right answer. */
  readonly expected: string;
}

/** How a load went. */
export interface LoadResult {
  readonly operations: number;
  readonly seconds: number;
  /** In ms, from small to large. */
  readonly latencies: Float64Array;
}

/**
 * Sends so many requests, so many at a time, and looks at each answer.
 *
 * @throws {Error} where one is not what is expected
 */
export async function run(
  port: number,
  load: Load,
  operations: number,
  connections: number,
): Promise<LoadResult> {
  const open = Array.from({ length: connections }, () => new Connection(port));
  const latencies = new Float64Array(operations);
  let next = 0;
  const work = async (connection: Connection) => {
    while (next < operations) {
      const index = next;
      next += 1;
      const request = textOf(load, index);
      const startedAt = performance.now();
      const answer = await connection.send(request);
      latencies[index] = performance.now() - startedAt;
      if (!answer.includes(load.expected)) throw new Error(`a wrong answer: ${answer}`);
    }
  };
  const startedAt = performance.now();
  const rest = stayAwake();
  await Promise.all(open.map(work)).finally(rest);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of open) connection.close();
  return { operations, seconds, latencies: latencies.sort() };
}

/**
 * Keeps this process from sleeping. Else each answer of a server would pay for waking it, which costs
 * more the slower the server is, and on virtual machines more than the answer itself.
 */
function stayAwake(): () => void {
  let isOver = false;
  const spin = () => {
    if (!isOver) setImmediate(spin);
  };
  spin();
  return () => {
    isOver = true;
  };
}

/** The value below which so many of a hundred lie. */
export function percentile(sorted: Float64Array, percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

const texts = new WeakMap<Load, Map<string, string>>();

/** A whole request; those that are alike are written once. */
function textOf(load: Load, index: number): string {
  const body = load.body(index);
  const known = texts.get(load) ?? new Map<string, string>();
  texts.set(load, known);
  let text = known.get(body);
  if (text === undefined) {
    const headers = Object.entries(load.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    text = `POST ${load.path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers.join('')}content-length: ${body.length}\r\n\r\n${body}`;
    if (known.size < 100) known.set(body, text);
  }
  return text;
}
