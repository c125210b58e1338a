import { DiagLogLevel, diag } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from '../../config/settings.ts';
import { schema } from '../../schema/index.ts';
import type { Log } from '../log.ts';
import { traceRootFields } from './root-fields.ts';
import { SpanTracing } from './span-tracing.ts';
import type { Tracing } from './tracing.ts';

/** The service name if `OTEL_SERVICE_NAME` is not set. */
const serviceName = 'membership-gateway';

/**
 * Starts tracing: creates spans and sends them over OTLP. The exporter and the resource read further `OTEL_…`
 * variables ("OpenTelemetry Environment Variable Specification").
 *
 * @param exporter replaces the exporter to the collector
 */
export function startOpenTelemetry(
  settings: TracingSettings,
  log: Log,
  exporter: SpanExporter = new OTLPTraceExporter(),
): Tracing {
  // By default OpenTelemetry logs to the console. An unreachable collector is logged once per attempt.
  const warn = (message: string) => log.warn({ message }, 'traces');
  diag.setLogger(
    { error: warn, warn, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new TracerProvider({
    resource,
    sampler: createSampler(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.delayMs })],
  });
  traceRootFields(schema);
  const tracer = provider.getTracer('membership-gateway');
  return new SpanTracing(tracer, () => provider.shutdown());
}

function createSampler({ sampler, ratio }: TracingSettings): Sampler {
  switch (sampler) {
    case 'always_on':
      return new AlwaysOnSampler();
    case 'always_off':
      return new AlwaysOffSampler();
    case 'traceidratio':
      return new TraceIdRatioBasedSampler(ratio);
    case 'parentbased_always_on':
      return new ParentBasedSampler({ root: new AlwaysOnSampler() });
    case 'parentbased_always_off':
      return new ParentBasedSampler({ root: new AlwaysOffSampler() });
    case 'parentbased_traceidratio':
      return new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) });
  }
}
