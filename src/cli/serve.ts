import { listenAdmin } from '../admin/server.ts';
import { ConfigError } from '../config/index.ts';
import type { Config } from '../config/settings.ts';
import type { Gateway } from '../gateway.ts';
import { listen, stopOnSignals } from '../server/listen.ts';
import type { LogDestination } from '../telemetry/log-destination.ts';
import type { Tracing } from '../telemetry/tracing/tracing.ts';

/** The open ports: scheme, host and port of each. */
export interface Origins {
  readonly origin: string;
  /** Null if the admin port is off. */
  readonly adminOrigin: string | null;
}

/**
 * Opens the ports of a gateway, and shuts it down on signals.
 *
 * @param close closes the gateway and everything that was opened for it
 * @throws {Error} if a port cannot be opened, with a line that names the variable
 */
export async function serve(
  gateway: Gateway,
  config: Config,
  output: LogDestination,
  tracing: Tracing | null,
  close: () => Promise<void> = () => gateway.close(),
): Promise<Origins> {
  const admin = await listenAdmin(gateway.probes, config, output.log);
  const listening = await listen(gateway, config);
  stopOnSignals(gateway, listening, config.shutdownGraceMs, output, async () => {
    await close();
    await tracing?.close();
    admin?.server.close();
  });
  return { origin: listening.origin, adminOrigin: admin?.origin ?? null };
}

/** Prints the problems of a failed start, one per line, and exits with 1. */
export function exitWithProblems(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  const problems = error instanceof ConfigError ? error.problems : [message];
  for (const problem of problems) process.stderr.write(`membership-gateway: ${problem}\n`);
  process.exit(1);
}
