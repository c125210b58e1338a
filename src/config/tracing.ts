import type { ReadVariable } from './read.ts';
import type { VariableValue } from './variables.ts';

/** How traces are made. Where they go, the exporter reads by itself, as OpenTelemetry documents. */
export interface TracingSettings {
  readonly sampler: VariableValue<'OTEL_TRACES_SAMPLER'>;
  /** Which part is kept by the samplers that keep a part. */
  readonly ratio: number;
  /** How long ended spans are gathered before they are sent, in ms. */
  readonly delayMs: number;
  /** The vendors that are told of the trace. */
  readonly vendors: ReadonlySet<string>;
}

/** Null where traces are off: not asked for, or OpenTelemetry is disabled. */
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
  const isAsked = exporter === 'otlp' || endpoints.some((url) => url !== null);
  return isAsked && exporter !== 'none' && !isDisabled ? settings : null;
}
