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
  /** Paths that are copied from the project's folder into the last stage, and to install its packages. */
  readonly sources: readonly string[];
  /** Paths that are copied from the project's folder to build the program. */
  readonly buildSources: readonly string[];
  /** The command that builds the program, and the folder that it makes. */
  readonly build: { readonly command: string; readonly folder: string };
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
  const stages = new Map<string, Instruction[]>();
  let stage: Instruction[] = [];
  for (const one of all) {
    if (one.getKeyword() === 'FROM') {
      stage = [];
      stages.set(/ AS (\w+)$/i.exec(one.getRawArgumentsContent() ?? '')?.[1] ?? 'image', stage);
    }
    stage.push(one);
  }
  const getRuns = (name: string) =>
    (stages.get(name) ?? []).filter((one) => one.getKeyword() === 'RUN').map(readContent);
  const getSources = (name: string) =>
    (stages.get(name) ?? [])
      .filter((one) => one.getKeyword() === 'COPY' && (one as Copy).getFromFlag() === null)
      .flatMap((one) => splitWords(one).slice(0, -1));
  const install = getRuns('modules').find((run) => run.startsWith('npm ci'));
  const build = getRuns('build').at(-1);
  if (install === undefined || build === undefined) {
    throw new Error('Dockerfile: expected stages "build" and "modules" with their commands');
  }
  const built = (stages.get('image') ?? []).find(
    (one) => one.getKeyword() === 'COPY' && (one as Copy).getFromFlag()?.getValue() === 'build',
  );
  return {
    bases: of('FROM').map((one) => splitWords(one)[0] ?? ''),
    sources: [...new Set([...getSources('modules'), ...getSources('image')])],
    buildSources: getSources('build'),
    build: { command: build, folder: built === undefined ? '' : (splitWords(built).at(-1) ?? '') },
    install,
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

/** Returns the files of the project that a COPY takes: those that git tracks and `.dockerignore` lets through. */
export async function listFiles(
  project: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const sources = paths.map((one) => one.replace(/^\.\//, ''));
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
