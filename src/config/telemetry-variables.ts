import { vendorKeys } from '../vendors/index.ts';
import {
  collectorUrlParser,
  createMillisecondsParser,
  createWordListParser,
  createWordParser,
  ratioParser,
} from './parsers.ts';
import { defineVariable, type Row } from './variable.ts';

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The log and the traces. */
export const telemetryRows = [
  {
    variables: { LOG_LEVEL: defineVariable(createWordParser(...levels), 'info') },
    meaning: '`fatal` to `trace`, or `silent`; `debug` logs each call to a vendor',
  },
  {
    variables: { LOG_FORMAT: defineVariable(createWordParser('json', 'pretty')) },
    meaning: '`json`, or `pretty` for people',
    fallback: '`json`; `pretty` for the sandbox in a terminal',
  },
  {
    variables: {
      OTEL_EXPORTER_OTLP_ENDPOINT: defineVariable(collectorUrlParser),
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: defineVariable(collectorUrlParser),
      OTEL_TRACES_EXPORTER: defineVariable(createWordParser('otlp', 'none')),
    },
    meaning:
      'the OpenTelemetry collector. Traces are on if one of the first two is set, or if the third is `otlp`',
  },
  {
    variables: {
      OTEL_SDK_DISABLED: defineVariable(createWordParser('true', 'false'), 'false'),
      OTEL_TRACES_SAMPLER: defineVariable(createWordParser(...samplers), 'parentbased_always_on'),
      OTEL_TRACES_SAMPLER_ARG: defineVariable(ratioParser, '1'),
      OTEL_BSP_SCHEDULE_DELAY: defineVariable(createMillisecondsParser(1, 'at least 1'), '5000'),
      OTEL_EXPORTER_OTLP_PROTOCOL: defineVariable(
        createWordParser('http/protobuf'),
        'http/protobuf',
      ),
    },
    meaning:
      'further OpenTelemetry settings; `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` and the other `OTEL_EXPORTER_OTLP_…` variables are read too',
  },
  {
    variables: { TRACE_VENDORS: defineVariable(createWordListParser(...vendorKeys)) },
    meaning: `vendors that receive \`traceparent\`, separated by commas: ${vendorKeys.map((key) => `\`${key}\``).join(', ')}`,
  },
] as const satisfies readonly Row[];
