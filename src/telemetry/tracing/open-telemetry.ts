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
import type { TracingSettings } from '../../config/tracing.ts';
import { schema } from '../../schema/index.ts';
import type { Log } from '../log.ts';
import { traceRootFields } from './root-fields.ts';
import { SpanTracing } from './span-tracing.ts';
import type { Tracing } from './tracing.ts';

/** What this program is called where `OTEL_SERVICE_NAME` does not say. */
const serviceName = 'membership-gateway';

/**
 * Makes spans, and sends them over OTLP. The exporter and the resource read the rest of the `OTEL_…` variables,
 * as OpenTelemetry documents them ("OpenTelemetry Environment Variable Specification").
 *
 * @param exporter where spans go in place of a collector
 */
export function startOpenTelemetry(
  settings: TracingSettings,
  log: Log,
  exporter: SpanExporter = new OTLPTraceExporter(),
): Tracing {
  // Its own words would go to the console otherwise; a collector that is away is told of once for each try.
  const tell = (message: string) => log.warn({ message }, 'traces');
  diag.setLogger(
    { error: tell, warn: tell, info: () => {}, debug: () => {}, verbose: () => {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new TracerProvider({
    resource,
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.delayMs })],
  });
  traceRootFields(schema);
  const tracer = provider.getTracer('membership-gateway');
  return new SpanTracing(tracer, () => provider.shutdown());
}

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
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
