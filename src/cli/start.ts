import { listenAdmin } from '../admin/server.ts';
import { fileProblems, pathWarnings } from '../config/check-files.ts';
import { help } from '../config/help.ts';
import { type Config, ConfigError, parseConfig } from '../config/index.ts';
import { createGateway, endpoint } from '../gateway.ts';
import { listen, stopOnSignals } from '../server/listen.ts';
import { openLog } from '../telemetry/log-destination.ts';
import { startTracing } from '../telemetry/tracing/start.ts';
import { taskOf } from './arguments.ts';
import { callVendors } from './check-online.ts';
import { endOnFaults } from './uncaught.ts';

try {
  const task = taskOf(process.argv.slice(2));
  if (task === 'help') process.stdout.write(help());
  else {
    const config = parseConfig(process.env, fileProblems);
    if (task === 'run') await run(config);
    else await check(config, task === 'check-online');
  }
} catch (error) {
  fail(error);
}

async function check(config: Config, isOnline: boolean): Promise<void> {
  for (const line of pathWarnings(config)) {
    process.stderr.write(`membership-gateway: warning: ${line}\n`);
  }
  process.stdout.write('membership-gateway: the configuration is good\n');
  const sightings = isOnline ? await callVendors(config) : [];
  for (const { isExpected, line } of sightings) {
    const output = isExpected ? process.stdout : process.stderr;
    output.write(`membership-gateway: ${line}\n`);
    if (!isExpected) process.exitCode = 1;
  }
}

async function run(config: Config): Promise<void> {
  const output = await openLog(config);
  const { log } = output;
  endOnFaults(output);
  const tracing = await startTracing(config.tracing, log);
  const gateway = createGateway(config, { log, tracing });
  const admin = await listenAdmin(gateway.operated, config, log);
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
