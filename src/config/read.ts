import { type Environment, masked, type Rule } from './rules.ts';
import { type ValueOf, type VariableName, variables } from './variables.ts';

/** What may be told beside the table, where it depends on another variable. */
export interface ReadOptions<T> {
  readonly rule?: Rule<T>;
  /** The default as it would be written. */
  readonly fallback?: string;
}

/** Reads one variable as the table tells; gathers a line where it is wrong, and gives its default. */
export type Read = {
  <Name extends VariableName>(
    name: Name,
    options: ReadOptions<ValueOf<Name>> & { readonly fallback: string },
  ): NonNullable<ValueOf<Name>>;
  <Name extends VariableName>(name: Name, options?: ReadOptions<ValueOf<Name>>): ValueOf<Name>;
};

/** Reads variables one by one, and gathers a line for each that is wrong. An empty value is not set. */
export function reader(env: Environment, problems: string[]): Read {
  return ((name: VariableName, options: ReadOptions<unknown> = {}) => {
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
    const { show = masked } = rule;
    const got = isSet ? JSON.stringify(show(text)) : `its default, ${fallback}`;
    problems.push(`${told}: got ${got}; takes ${rule.takes}`);
    return fallback === null ? null : known.rule.parse(fallback);
  }) as Read;
}
