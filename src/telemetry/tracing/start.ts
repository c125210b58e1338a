import type { TracingSettings } from '../../config/settings.ts';
import type { Log } from '../log.ts';
import type { Tracing } from './tracing.ts';

/**
 * Starts tracing. OpenTelemetry is loaded only if traces are on.
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
