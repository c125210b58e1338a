import type { SimulatedVendor } from './simulator.ts';

/** A table of seeded objects to try. */
export interface SeedTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** An example of a mutation, with IDs of the seed for which it succeeds. */
export interface MutationExample {
  readonly input: Readonly<Record<string, string>>;
  /** The fields of the success to select, one per line. */
  readonly fields: string;
}

/** A vendor of the sandbox: its simulator, and what to try there. */
export interface SandboxVendor<Mutation extends string> {
  readonly createSimulator: () => SimulatedVendor;
  /** The values of the credential headers that are not secret. */
  readonly identifiers?: Readonly<Record<string, string>>;
  readonly examples: Readonly<Record<Mutation, MutationExample>>;
  /** Creates the table of its seed. */
  readonly createSeedTable: () => SeedTable;
}

/** Formats the numeric IDs of a seed table's cell: all of them, or their number and range if there are many. */
export function formatIds(ids: readonly number[]): string {
  if (ids.length <= 5) return ids.join(', ');
  return `${ids.length.toLocaleString('en')}, from ${Math.min(...ids)} to ${Math.max(...ids)}`;
}
