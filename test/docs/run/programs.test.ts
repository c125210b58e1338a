import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxHeaders } from '../../../src/sandbox/credentials.ts';
import { startCommand } from '../../support/process.ts';
import { type Block, readAllBlocks } from '../blocks.ts';
import { matchesSample, matchesText, parseSample } from '../elision.ts';
import { classifyBlock, isRun } from '../kinds.ts';
import { root } from '../pages.ts';
import { type BlockFiles, blockFiles } from './files.ts';
import { type PageSandbox, startPageSandbox } from './sandbox.ts';

/** The port of whatever a page starts before the gateway. */
const shownServer = /\b4100\b/g;

const env = { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };
const blocks = await readAllBlocks();
const stack = new AsyncDisposableStack();
let sandbox: PageSandbox;
let files: BlockFiles;
let serverPort: string;

beforeAll(async () => {
  files = stack.use(await blockFiles());
  sandbox = stack.use(await startPageSandbox());
  serverPort = String(await freePort());
});

afterAll(() => stack.disposeAsync());

/** The outputs that a page shows of a block, in the order in which they come. */
function listOutputs(block: Block): readonly Block[] {
  return blocks.filter((one) => {
    const kind = classifyBlock(one);
    return kind.is === 'output' && kind.of.at === block.at;
  });
}

function replaceAddresses(text: string): string {
  return sandbox.addressed(text).replaceAll(shownServer, serverPort);
}

const programs = blocks.filter((block) => {
  const kind = classifyBlock(block);
  if (kind.is === 'document') return listOutputs(block).length > 0;
  return isRun(block) || (kind.is === 'typescript' && kind.runs === 'as a server');
});

test.each(programs.map((block) => [block.at, block] as const))(
  '%s does what its page shows',
  async (_at, block) => {
    const kind = classifyBlock(block);
    if (kind.is === 'typescript' && kind.runs === 'as a server') return serve(block);
    await sandbox.reset();
    const outputs = listOutputs(block);
    const printed: string[] = [];
    do
      printed.push(kind.is === 'document' ? await sendDocument(block.text) : await runToEnd(block));
    while (printed.length < outputs.length);
    outputs.forEach((output, index) => {
      const got = printed[index] ?? '';
      const isShown =
        output.lang === 'json'
          ? matchesSample(JSON.parse(got), parseSample(output.text))
          : matchesText(got, replaceAddresses(output.text));
      expect(isShown, `${output.at} shows another output than:\n${got}`).toBe(true);
    });
  },
);

test('the start command of the README has a valid configuration', async () => {
  const commands = blocks.map(({ text }) => text.trim());
  const command = commands.find((text) => text.endsWith(' npm start'));
  await promisify(execFile)('sh', ['-euc', `${command} -- --check`], { cwd: root, env });
});

/** Runs a program to its end, and returns what it prints. */
async function runToEnd(block: Block): Promise<string> {
  const interpreters: Record<string, readonly [string, ...string[]]> = {
    sh: ['sh', '-eu'],
    python: ['python3'],
    js: [process.execPath],
    ts: [process.execPath],
  };
  const extension = block.lang === 'js' ? 'mjs' : block.lang;
  const name = await files.write(block, extension, replaceAddresses(block.text));
  const [command, ...args] = interpreters[block.lang] ?? ['false'];
  const { stdout } = await promisify(execFile)(command, [...args, name], {
    cwd: files.folder,
    env,
  });
  return stdout;
}

/** Starts a server, which goes on until the pages are done; it has started once it prints a line. */
async function serve(block: Block): Promise<void> {
  serverPort = String(await freePort());
  const name = await files.write(block, block.lang, replaceAddresses(block.text));
  const server = startCommand(process.execPath, [join(files.folder, name)], env, files.folder);
  stack.use(server);
  await server.printed(/\n/);
}

/** Sends a document with all credentials. */
async function sendDocument(query: string): Promise<string> {
  const response = await fetch(`${sandbox.origin}/graphql`, {
    method: 'POST',
    headers: { ...sandboxHeaders, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
