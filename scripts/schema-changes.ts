import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { parser } from 'keep-a-changelog';

/** A change of the schema, and whether the changelog announces it as it must. */
export interface SchemaChange {
  readonly level: CriticalityLevel;
  readonly message: string;
  /** What an entry must name, in backticks, to announce it. */
  readonly names: readonly string[];
  readonly announced: boolean;
}

/** Changes that a careful client outlives are dangerous or harmless; these ones break it. */
export function isBreaking({ level }: Pick<SchemaChange, 'level'>): boolean {
  return level === CriticalityLevel.Breaking;
}

/** Whether it must stand in the changelog: what breaks clients, and what may surprise them. */
export function needsAnnouncement({ level }: Pick<SchemaChange, 'level'>): boolean {
  return level !== CriticalityLevel.NonBreaking;
}

/**
 * What changed from one schema to the other, the worst first. An entry of the changelog's unreleased part
 * announces a change where it names it in backticks; one that breaks clients must begin with "Breaking:".
 *
 * @param released the SDL of the last release
 * @param current the SDL now
 * @param changelog in the form of Keep a Changelog 1.1.0
 * @throws {Error} where one of the three cannot be read
 */
export async function listSchemaChanges(
  released: string,
  current: string,
  changelog: string,
): Promise<readonly SchemaChange[]> {
  const entries = listUnreleasedEntries(changelog);
  const changes = await diff(buildSchema(released), buildSchema(current));
  const order = [CriticalityLevel.Breaking, CriticalityLevel.Dangerous];
  return changes
    .map((change) => {
      const level = change.criticality.level;
      const names = listNames(change);
      const announced = entries.some(
        (entry) =>
          names.every((name) => entry.includes(`\`${name}\``)) &&
          (!isBreaking({ level }) || entry.startsWith('Breaking:')),
      );
      return { level, message: change.message, names, announced };
    })
    .sort((one, other) => rank(one.level) - rank(other.level));

  function rank(level: CriticalityLevel): number {
    const index = order.indexOf(level);
    return index < 0 ? order.length : index;
  }
}

/** The entries under "Unreleased", each without its bullet. */
function listUnreleasedEntries(changelog: string): readonly string[] {
  const unreleased = parser(changelog).releases.find(({ date }) => date === undefined);
  if (unreleased === undefined) return [];
  return [...unreleased.changes.values()]
    .flat()
    .map(({ title, description }) => [title, description].join('\n').trim());
}

/** A union's path is its own name; what came or went has to be named beside it. */
function listNames({ path, meta }: Change): readonly string[] {
  const { addedUnionMemberTypeName: added, removedUnionMemberTypeName: removed } = meta as {
    readonly addedUnionMemberTypeName?: string;
    readonly removedUnionMemberTypeName?: string;
  };
  return [path, added, removed].filter((name) => name !== undefined);
}
