/**
 * Loaded before the gateway's source (`--import`), takes the counting out of it: nothing is counted or timed for
 * metrics, and operations leave no line. The gateway itself has no such switch, since counting is to cost
 * next to nothing; this shows what it costs.
 */
import { Histogram } from '../../src/telemetry/metrics/family.ts';
import { OperationTelemetry } from '../../src/telemetry/operations.ts';
import { VendorCalls } from '../../src/telemetry/vendor-calls.ts';

for (const [prototype, name] of [
  [Histogram.prototype, 'add'],
  [OperationTelemetry.prototype, 'recordEnd'],
  [VendorCalls.prototype, 'count'],
] as const) {
  if (!(name in prototype)) throw new Error(`${name} is no longer what counts`);
  Object.defineProperty(prototype, name, { value: () => {} });
}
