import { maskValue } from './mask.ts';
import type { Environment, Parser } from './parsers.ts';
import type { Variable } from './variable.ts';
import { type VariableName, type VariableValue, variables } from './variables.ts';

/** Exceptions to the table for a variable that depends on another one. */
export interface ReadVariableOptions<T> {
  readonly rule?: Parser<T>;
  /** The default as it would be written. */
  readonly fallback?: string;
}

/** Reads one variable according to the table. If it is invalid, records a problem and returns its default. */
export type ReadVariable = {
  <Name extends VariableName>(
    name: Name,
    options: ReadVariableOptions<VariableValue<Name>> & { readonly fallback: string },
  ): NonNullable<VariableValue<Name>>;
  <Name extends VariableName>(
    name: Name,
    options?: ReadVariableOptions<VariableValue<Name>>,
  ): VariableValue<Name>;
};

/**
 * Creates a reader of variables. An empty value counts as not set.
 *
 * @param problems receives one line for each invalid variable
 */
export function createReader(env: Environment, problems: string[]): ReadVariable {
  return ((name: VariableName, options: ReadVariableOptions<unknown> = {}) => {
    const variable = getVariable(name);
    const { rule = variable.rule, fallback = variable.fallback } = options;
    const { show = maskValue, expects } = rule;
    const set = findSetName(env, name);
    const { alias } = variable;
    if (alias && env[alias] && env[name] && env[alias] !== env[name]) {
      problems.push(
        `${name}: expected the same value as ${alias}, its former name; received ${quote(show(env[name]))} and ${quote(show(env[alias]))}. Unset ${alias}.`,
      );
    }
    if (set === null && fallback === null) return null;
    const text = set === null ? (fallback ?? '') : (env[set] ?? '');
    const value = rule.parse(text);
    if (value !== undefined) return value;
    const received =
      set === null ? `received none, and the default is ${text}` : `received ${quote(show(text))}`;
    problems.push(`${set ?? name}: expected ${expects}; ${received}.`);
    return fallback === null ? null : variable.rule.parse(fallback);
  }) as ReadVariable;
}

/** Returns the name under which a variable is set: its own, its other spelling or its alias; null if it is not set. */
export function findSetName(env: Environment, name: VariableName): string | null {
  const { otherSpelling, alias } = getVariable(name);
  return [otherSpelling, name, alias].find((one) => one && env[one]) ?? null;
}

/** Returns a line for each variable that is set under its former name. */
export function findRenamedVariables(env: Environment): readonly string[] {
  return Object.entries(variables).flatMap(([name, { alias }]) =>
    alias && env[alias]
      ? [`${alias}: is now called ${name}. The old name works until the next major version.`]
      : [],
  );
}

function getVariable(name: string): Variable<unknown> {
  const variable = variables[name];
  if (variable === undefined) throw new Error(`${name} is not in the table of variables`);
  return variable;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
