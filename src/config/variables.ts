import { limitRows } from './limit-variables.ts';
import { callerRows, listenRows } from './server-variables.ts';
import { telemetryRows } from './telemetry-variables.ts';
import type { Row, Variable } from './variable.ts';
import {
  bulkheadRows,
  egressGroupRows,
  egressRows,
  vendorRateLimitRows,
  vendorUrlRows,
} from './vendor-variables.ts';

const rows = [
  ...listenRows,
  ...vendorUrlRows,
  ...egressRows,
  ...vendorRateLimitRows,
  ...egressGroupRows,
  ...bulkheadRows,
  ...callerRows,
  ...limitRows,
  ...telemetryRows,
];

/**
 * Every variable that is read: the source of the parser, `--help` and the reference. If a bound depends on another
 * variable, the parser here is the most lenient one.
 */
export const table: readonly Row[] = rows;

type Records = (typeof rows)[number]['variables'];

/** The name of a variable. */
export type VariableName = Records extends infer One
  ? One extends unknown
    ? keyof One & string
    : never
  : never;

/** The type of a variable's value; null is possible if it has no default. */
export type VariableValue<Name extends VariableName> =
  Extract<Records, Readonly<Record<Name, unknown>>>[Name] extends Variable<infer T, infer Fallback>
    ? Fallback extends string
      ? T
      : T | null
    : never;

/** All variables by their names. */
export const variables: Readonly<Record<string, Variable<unknown>>> = Object.assign(
  {},
  ...table.map((row) => row.variables),
);
