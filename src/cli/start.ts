import { findFileProblems, findPathWarnings } from '../config/check-files.ts';
import { renderHelp } from '../config/help.ts';
import { type Config, findRenamedVariables, parseConfig } from '../config/index.ts';
import { createGateway, endpoint } from '../gateway.ts';
import { openState } from '../state/open.ts';
import { openLogDestination } from '../telemetry/log-destination.ts';
import { startTracing } from '../telemetry/tracing/start.ts';
import { parseArguments } from './arguments.ts';
import { checkDatabase } from './check-database.ts';
import { checkVendorsOnline } from './check-online.ts';
import { migrateDatabase } from './migrate-database.ts';
import { exitWithProblems, serve } from './serve.ts';
import { exitOnUncaught } from './uncaught.ts';

try {
  const task = parseArguments(process.argv.slice(2));
  if (task === 'help') process.stdout.write(renderHelp());
  else {
    const config = parseConfig(process.env, findFileProblems);
    if (task === 'run') await run(config);
    else if (task === 'migrate') process.stdout.write(`${await migrateDatabase(config)}\n`);
    else await check(config, task === 'check-online');
  }
} catch (error) {
  exitWithProblems(error);
}

async function check(config: Config, isOnline: boolean): Promise<void> {
  const warnings = [...findRenamedVariables(process.env), ...findPathWarnings(config)];
  for (const line of warnings) {
    process.stderr.write(`membership-gateway: warning: ${line}\n`);
  }
  process.stdout.write('membership-gateway: the configuration is valid\n');
  const database = await checkDatabase(config);
  const calls = isOnline ? await checkVendorsOnline(config) : [];
  for (const { isExpected, line } of database === null ? calls : [database, ...calls]) {
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
  const state = await openState(config, log);
  const gateway = createGateway(config, { log, tracing, state });
  const { origin, adminOrigin } = await serve(gateway, config, output, tracing);
  log.info({ url: origin + endpoint, admin: adminOrigin ?? undefined }, 'listening');
  output.flush();
}
