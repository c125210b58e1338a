import { listenAdmin } from '../admin/server.ts';
import { findFileProblems, findPathWarnings } from '../config/check-files.ts';
import { renderHelp } from '../config/help.ts';
import { type Config, ConfigError, findRenamedVariables, parseConfig } from '../config/index.ts';
import { createGateway, endpoint } from '../gateway.ts';
import { listen, stopOnSignals } from '../server/listen.ts';
import { openLogDestination } from '../telemetry/log-destination.ts';
import { startTracing } from '../telemetry/tracing/start.ts';
import { parseArguments } from './arguments.ts';
import { checkVendorsOnline } from './check-online.ts';
import { exitOnUncaught } from './uncaught.ts';

try {
  const task = parseArguments(process.argv.slice(2));
  if (task === 'help') process.stdout.write(renderHelp());
  else {
    const config = parseConfig(process.env, findFileProblems);
    if (task === 'run') await run(config);
    else await check(config, task === 'check-online');
  }
} catch (error) {
  fail(error);
}

async function check(config: Config, isOnline: boolean): Promise<void> {
  const warnings = [...findRenamedVariables(process.env), ...findPathWarnings(config)];
  for (const line of warnings) {
    process.stderr.write(`membership-gateway: warning: ${line}\n`);
  }
  process.stdout.write('membership-gateway: the configuration is valid\n');
  const checks = isOnline ? await checkVendorsOnline(config) : [];
  for (const { isExpected, line } of checks) {
    const output = isExpected ? process.stdout : process.stderr;
    output.write(`membership-gateway: ${line}\n`);
    if (!isExpected) process.exitCode = 1;
  }
}

async function run(config: Config): Promise<void> {
  const output = await openLogDestination(config);
  const { log } = output;
  exitOnUncaught(output);
  const tracing = await startTracing(config.tracing, log);
  const gateway = createGateway(config, { log, tracing });
  const admin = await listenAdmin(gateway.probes, config, log);
  const listening = await listen(gateway, config);
  stopOnSignals(gateway, listening, config.shutdownGraceMs, output, async () => {
    await gateway.close();
    await tracing?.close();
    admin?.server.close();
  });
  log.info({ url: listening.origin + endpoint, admin: admin?.origin }, 'listening');
  output.flush();
}

function fail(error: unknown): never {
  const lines =
    error instanceof ConfigError
      ? error.problems
      : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) process.stderr.write(`membership-gateway: ${line}\n`);
  process.exit(1);
}
