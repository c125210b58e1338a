import { Connection } from './connection.ts';

/** A request that is sent repeatedly. */
export interface Load {
  readonly path: string;
  /** The headers of all requests, or of the n-th. */
  readonly headers: Readonly<Record<string, string>> | ((index: number) => Record<string, string>);
  /** Returns the body of the n-th request, in ASCII. */
  readonly body: (index: number) => string;
  /** The text that each correct response contains. */
  readonly expected: string;
  /** The number of its occurrences, 1 by default. */
  readonly times?: number;
  /** The text of acceptable rejections. Without it, every response must be correct. */
  readonly refusal?: string;
}

/** The result of a load. */
export interface LoadResult {
  readonly operations: number;
  readonly seconds: number;
  /** The latencies of correct responses in ms, sorted. */
  readonly latencies: Float64Array;
  /** The latencies of rejections in ms, sorted. */
  readonly refusals: Float64Array;
}

/**
 * Sends so many requests, so many at a time, and looks at each answer.
 *
 * @param port the server's port; several for a server of several processes
 * @throws {Error} where one is not what is expected
 */
export async function run(
  port: number | readonly number[],
  load: Load,
  operations: number,
  connections: number,
): Promise<LoadResult> {
  const open = await Connection.open(port, Math.min(connections, operations));
  const answers = new Answers(load);
  let next = 0;
  const work = async (connection: Connection) => {
    while (next < operations) await answers.add(connection, next++);
  };
  return timeLoad(open, answers, () => Promise.all(open.map(work)));
}

/**
 * Sends a request on each connection at once and waits for all answers, so many times: what is refused does
 * not come back before the rest is answered.
 *
 * @throws {Error} where an answer is neither what is expected nor the refusal
 */
export async function runWaves(
  port: number,
  load: Load,
  connections: number,
  count: number,
): Promise<LoadResult> {
  const open = await Connection.open(port, connections);
  const answers = new Answers(load);
  return timeLoad(open, answers, async () => {
    for (let wave = 0; wave < count; wave += 1) {
      const first = wave * connections;
      await Promise.all(open.map((connection, index) => answers.add(connection, first + index)));
    }
  });
}

async function timeLoad(
  open: readonly Connection[],
  answers: Answers,
  work: () => Promise<unknown>,
): Promise<LoadResult> {
  const startedAt = performance.now();
  const rest = stayAwake();
  await work().finally(rest);
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of open) connection.close();
  const [latencies, refusals] = [sortNumbers(answers.right), sortNumbers(answers.refused)];
  return { operations: latencies.length + refusals.length, seconds, latencies, refusals };
}

/** The latencies of responses in ms, by kind. */
class Answers {
  readonly right: number[] = [];
  readonly refused: number[] = [];
  readonly #load: Load;
  readonly #getText: (index: number) => string;

  constructor(load: Load) {
    this.#load = load;
    this.#getText = listTexts(load);
  }

  async add(connection: Connection, index: number): Promise<void> {
    const request = this.#getText(index);
    const startedAt = performance.now();
    const answer = await connection.send(request);
    const ms = performance.now() - startedAt;
    const { expected, times = 1, refusal } = this.#load;
    if (times === 1 ? answer.includes(expected) : answer.split(expected).length > times)
      this.right.push(ms);
    else if (refusal !== undefined && answer.includes(refusal)) this.refused.push(ms);
    else throw new Error(`a wrong answer: ${answer.slice(0, 2_000)}`);
  }
}

function sortNumbers(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
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

/** Returns a percentile, or NaN for no values. */
export function getPercentile(sorted: Float64Array, percent: number): number {
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[index] ?? Number.NaN;
}

/** Returns whole requests. Identical requests are rendered once. */
function listTexts(load: Load): (index: number) => string {
  const { headers } = load;
  if (typeof headers === 'function')
    return (index) => renderRequest(load.path, headers(index), load.body(index));
  const known = new Map<string, string>();
  return (index) => {
    const body = load.body(index);
    let text = known.get(body);
    if (text === undefined) {
      text = renderRequest(load.path, headers, body);
      if (known.size < 100) known.set(body, text);
    }
    return text;
  };
}

/** Returns the bytes of a POST. */
export function renderRequest(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n${body}`;
}
