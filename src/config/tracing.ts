import type { ReadVariable } from './read.ts';
import type { TracingSettings } from './settings.ts';

/** Reads the settings of traces; null if they are off, because no collector is set or OpenTelemetry is disabled. */
export function readTracingSettings(read: ReadVariable): TracingSettings | null {
  const endpoints = [
    read('OTEL_EXPORTER_OTLP_ENDPOINT'),
    read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'),
  ];
  const exporter = read('OTEL_TRACES_EXPORTER');
  const isDisabled = read('OTEL_SDK_DISABLED') === 'true';
  read('OTEL_EXPORTER_OTLP_PROTOCOL');
  const settings = {
    sampler: read('OTEL_TRACES_SAMPLER'),
    ratio: read('OTEL_TRACES_SAMPLER_ARG'),
    delayMs: read('OTEL_BSP_SCHEDULE_DELAY'),
    vendors: read('TRACE_VENDORS') ?? new Set<string>(),
  };
  const isRequested = exporter === 'otlp' || endpoints.some((url) => url !== null);
  return isRequested && exporter !== 'none' && !isDisabled ? settings : null;
}
