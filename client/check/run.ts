import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The folder of the package. */
export const packageFolder = fileURLToPath(new URL('..', import.meta.url));

/** A command of one of the repository's packages. */
export function bin(name: string): string {
  return fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
}

/** The output of a command, with standard error after standard output, and its exit code. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a command to its end. */
export async function describeEnd(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<Ended> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = ['', ''];
  for (const [index, stream] of [child.stdout, child.stderr].entries()) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      texts[index] += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output: texts.join('') };
}

/**
 * Runs a command that has to succeed.
 *
 * @returns what it printed
 * @throws {Error} where it fails; the message is the command and what it printed
 */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await describeEnd(command, args, cwd);
  if (code === 0) return output;
  throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${output}`);
}
