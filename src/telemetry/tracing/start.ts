import type { TracingSettings } from '../../config/tracing.ts';
import type { Log } from '../log.ts';
import type { Tracing } from './tracing.ts';

/**
 * Starts traces where they are asked for. Nothing of OpenTelemetry is loaded where they are not.
 *
 * @param settings null for no traces
 */
export async function startTracing(
  settings: TracingSettings | null,
  log: Log,
): Promise<Tracing | null> {
  if (settings === null) return null;
  const { startOpenTelemetry } = await import('./open-telemetry.ts');
  return startOpenTelemetry(settings, log);
}
