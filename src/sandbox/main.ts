import { exitWithProblems, serve } from '../cli/serve.ts';
import { exitOnUncaught } from '../cli/uncaught.ts';
import { parseConfig } from '../config/index.ts';
import { endpoint } from '../gateway.ts';
import { openLogDestination } from '../telemetry/log-destination.ts';
import { startTracing } from '../telemetry/tracing/start.ts';
import { sandboxHeaders } from './credentials.ts';
import { startSandbox } from './sandbox.ts';

try {
  // The simulators' URLs are not known yet, and nothing that is opened before them needs them.
  const early = parseConfig({ ...process.env, WETHOD_URL: 'http://127.0.0.1' });
  const format = process.stdout.isTTY ? 'pretty' : 'json';
  const output = await openLogDestination({ ...early, logFormat: early.logFormat ?? format });
  exitOnUncaught(output);
  const tracing = await startTracing(early.tracing, output.log);
  const sandbox = await startSandbox(process.env, output.log, tracing);
  const { config, gateway } = sandbox;
  const { origin, adminOrigin } = await serve(gateway, config, output, tracing, async () =>
    sandbox[Symbol.asyncDispose](),
  );
  process.stdout.write(renderWelcome(origin, adminOrigin));
} catch (error) {
  exitWithProblems(error);
}

function renderWelcome(origin: string, admin: string | null): string {
  const headers = Object.entries(sandboxHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return `
membership-gateway sandbox: simulated vendors, no real data.

Start      ${origin}/  (open in a browser: the seed, and examples to try)
GraphiQL   ${origin}${endpoint}  (a tab for each mutation, query and error)
API        POST ${origin}${endpoint}
Reset      curl -X POST ${origin}/sandbox/reset
${admin === null ? '' : `Metrics    ${admin}/metrics, ${admin}/ready\n`}
Credentials that work (another ending, such as sandbox-forbidden, changes the vendor's behavior):
${headers.join('\n')}

A mutation to paste into another terminal:

curl ${origin}${endpoint} \\
  -H 'content-type: application/json' \\
  -H 'aerospike-authorization: Bearer sandbox' \\
  -d '{"query":"mutation { removeOrgMember(input: {userId: \\"1f7e2d5c-6a80-4f32-9d4a-7b3c2e9f8a01\\"}) { __typename ... on RemoveOrgMemberSuccess { outcome confirmedBy userId } ... on MembershipError { message outcome retryable } } }"}'

Stop with Ctrl-C.

`;
}
