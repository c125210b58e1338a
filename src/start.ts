import { ConfigError, parseConfig } from './config.ts';
import { endOnFaults } from './crash.ts';
import { createGateway, endpoint } from './gateway.ts';
import { listen, stopOnSignals } from './listen.ts';
import { createLog } from './log.ts';

const log = createLog();
endOnFaults(log);

try {
  const config = parseConfig(process.env);
  const gateway = createGateway(config, { log });
  const listening = await listen(gateway, config);
  stopOnSignals(gateway, listening, config.shutdownGraceMs, log);
  log.info({ url: listening.origin + endpoint }, 'listening');
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  const lines =
    error instanceof ConfigError
      ? error.problems
      : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) process.stderr.write(`membership-gateway: ${line}\n`);
  process.exit(1);
}
