import { type Environment, maskValue, type Parser } from './rules.ts';
import { type VariableName, type VariableValue, variables } from './variables.ts';

/** What may be told beside the table, where it depends on another variable. */
export interface ReadVariableOptions<T> {
  readonly rule?: Parser<T>;
  /** The default as it would be written. */
  readonly fallback?: string;
}

/** Reads one variable as the table tells; gathers a line where it is wrong, and gives its default. */
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

/** Reads variables one by one, and gathers a line for each that is wrong. An empty value is not set. */
export function createReader(env: Environment, problems: string[]): ReadVariable {
  return ((name: VariableName, options: ReadVariableOptions<unknown> = {}) => {
    const known = variables[name];
    if (known === undefined) throw new Error(`${name} is not in the table of variables`);
    const { rule = known.rule, fallback = known.fallback } = options;
    const { alias = name } = known;
    const told = env[alias] ? alias : name;
    const text = env[told];
    const isSet = text !== undefined && text !== '';
    if (!isSet && fallback === null) return null;
    const value = rule.parse(isSet ? text : (fallback ?? ''));
    if (value !== undefined) return value;
    const { show = maskValue } = rule;
    const got = isSet ? JSON.stringify(show(text)) : `its default, ${fallback}`;
    problems.push(`${told}: got ${got}; takes ${rule.takes}`);
    return fallback === null ? null : known.rule.parse(fallback);
  }) as ReadVariable;
}
