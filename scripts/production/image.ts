import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import dockerignore from '@balena/dockerignore';
import { type Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

/** A command that is run once, when the image is made. */
export interface Step {
  /** User and group, by number. */
  readonly user: string;
  readonly command: readonly string[];
}

/** The image of a Dockerfile's last stage. */
export interface Image {
  /** The base images of its stages. */
  readonly bases: readonly string[];
  /** The paths that are copied from the project's folder, in all stages. */
  readonly sources: readonly string[];
  /** The command that installs the packages. */
  readonly install: string;
  /** The commands that run after the program was copied. */
  readonly steps: readonly Step[];
  readonly env: Readonly<Record<string, string>>;
  /** User and group, by number. */
  readonly user: string;
  readonly exposed: readonly string[];
  /** The health check. */
  readonly health: readonly string[];
  /** The command that a container runs. */
  readonly start: readonly string[];
}

/**
 * Reads a Dockerfile.
 *
 * @throws {Error} where it installs no packages, or runs commands that are no lists of JSON
 */
export function readImage(text: string): Image {
  const all = DockerfileParser.parse(text).getInstructions();
  const of = (keyword: string) => all.filter((one) => one.getKeyword() === keyword);
  const install = of('RUN').find((one) => readContent(one).startsWith('npm ci'));
  if (install === undefined) throw new Error('Dockerfile: no RUN installs the packages');
  const copies = of('COPY').filter((one) => (one as Copy).getFromFlag() === null);
  return {
    bases: of('FROM').map((one) => splitWords(one)[0] ?? ''),
    sources: copies.flatMap((one) => splitWords(one).slice(0, -1)),
    install: readContent(install),
    steps: readSteps(all),
    env: Object.fromEntries(of('ENV').flatMap((one) => splitWords(one).map(readPair))),
    user: readContent(of('USER').at(-1)),
    exposed: of('EXPOSE').flatMap(splitWords),
    health: listOf(of('HEALTHCHECK').at(-1)),
    start: listOf(of('ENTRYPOINT').at(-1)),
  };
}

/** Reads the project's Dockerfile. */
export async function projectImage(project: string): Promise<Image> {
  return readImage(await readFile(join(project, 'Dockerfile'), 'utf8'));
}

/**
 * The project's own files that get into the image: those that git knows, the Dockerfile copies and
 * `.dockerignore` lets through.
 */
export async function listImageFiles(project: string, image: Image): Promise<readonly string[]> {
  const sources = image.sources.map((one) => one.replace(/^\.\//, ''));
  const { stdout } = await promisify(execFile)('git', ['ls-files', '-z', '--', ...sources], {
    cwd: project,
  });
  const ignored = dockerignore
    .default()
    .add(await readFile(join(project, '.dockerignore'), 'utf8'));
  return ignored.filter(stdout.split('\0').filter((file) => file !== ''));
}

/** Returns the commands after the last `COPY`, each with its user. */
function readSteps(all: readonly Instruction[]): readonly Step[] {
  const from = all.findLastIndex((one) => one.getKeyword() === 'COPY');
  let user = root;
  return all.slice(from + 1).flatMap((one) => {
    if (one.getKeyword() === 'USER') user = readContent(one);
    if (one.getKeyword() !== 'RUN') return [];
    const content = readContent(one);
    const command = content.startsWith('[') ? listOf(one) : ['sh', '-c', content];
    return [{ user, command }];
  });
}

/** The default user of an image. */
const root = '0:0';

function readContent(instruction: Instruction | undefined): string {
  return instruction?.getArgumentsContent() ?? '';
}

function splitWords(instruction: Instruction): string[] {
  return instruction.getArguments().map((one) => one.getValue());
}

function readPair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

function listOf(instruction: Instruction | undefined): string[] {
  const content = readContent(instruction);
  return JSON.parse(content.slice(content.indexOf('['))) as string[];
}
