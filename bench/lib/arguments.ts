import { parseArgs } from 'node:util';

/** The command line of the benchmark. */
export interface BenchArguments {
  /** True to check only that everything runs. The figures of such a run mean little. */
  readonly isQuick: boolean;
  /** The named scenes, or none for all default scenes. */
  readonly scenes: readonly string[];
  /** The number of runs of a scene that consists of runs. */
  readonly runs: number;
  readonly isList: boolean;
}

const takes = '--quick, --scene NAME, --runs N, --list';

/**
 * Reads the command line.
 *
 * @param names the scenes that there are
 * @throws {Error} with a line that names what is wrong, what it got and what it takes
 */
export function parseArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const { values, tokens } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean' },
      list: { type: 'boolean' },
      scene: { type: 'string', multiple: true },
      runs: { type: 'string' },
    },
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new Error(`got ${JSON.stringify(token.value)}, which is no flag; takes ${takes}`);
    if (token.kind === 'option' && !['quick', 'list', 'scene', 'runs'].includes(token.name))
      throw new Error(`got ${token.rawName}, which is no flag; takes ${takes}`);
  }
  for (const name of ['quick', 'list'] as const) {
    if (typeof values[name] === 'string')
      throw new Error(`--${name}: got ${JSON.stringify(values[name])}; takes no value`);
  }
  const scenes = (values.scene ?? []).map((name) => readScene(name, names));
  return {
    isQuick: values.quick === true,
    isList: values.list === true,
    scenes,
    runs: readRuns(values.runs),
  };
}

function readScene(name: string | boolean, names: readonly string[]): string {
  if (typeof name === 'string' && names.includes(name)) return name;
  const got = typeof name === 'string' ? JSON.stringify(name) : 'nothing';
  throw new Error(`--scene: got ${got}; takes one of ${names.join(', ')}`);
}

function readRuns(text: string | boolean | undefined): number {
  if (text === undefined) return 5;
  if (typeof text === 'string' && /^[1-9]\d?$/.test(text)) return Number(text);
  const got = typeof text === 'string' ? JSON.stringify(text) : 'nothing';
  throw new Error(`--runs: got ${got}; takes a number from 1 to 99`);
}
