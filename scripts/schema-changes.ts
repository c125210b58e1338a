import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { parser } from 'keep-a-changelog';

/** A change of the schema, and whether the changelog announces it. */
export interface SchemaChange {
  readonly level: CriticalityLevel;
  readonly message: string;
  /** The names that an entry must contain in backticks to announce it. */
  readonly names: readonly string[];
  readonly announced: boolean;
}

/** Returns whether a change breaks clients. */
export function isBreaking({ level }: Pick<SchemaChange, 'level'>): boolean {
  return level === CriticalityLevel.Breaking;
}

/** Returns whether the changelog must announce a change: one that breaks clients, or may surprise them. */
export function needsAnnouncement({ level }: Pick<SchemaChange, 'level'>): boolean {
  return level !== CriticalityLevel.NonBreaking;
}

/**
 * Lists the changes between two schemas, breaking ones first. An entry under "Unreleased" in the changelog announces a
 * change if it names it in backticks. An entry for a breaking change must begin with "Breaking:".
 *
 * @param released the SDL of the last release
 * @param current the current SDL
 * @param changelog in the format of Keep a Changelog 1.1.0
 * @throws {Error} if one of the three cannot be parsed
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

/** Returns the entries under "Unreleased", without their bullets. */
function listUnreleasedEntries(changelog: string): readonly string[] {
  const unreleased = parser(changelog).releases.find(({ date }) => date === undefined);
  if (unreleased === undefined) return [];
  return [...unreleased.changes.values()]
    .flat()
    .map(({ title, description }) => [title, description].join('\n').trim());
}

/** Returns the names that identify a change. For a union, these are the union and the member. */
function listNames({ path, meta }: Change): readonly string[] {
  const { addedUnionMemberTypeName: added, removedUnionMemberTypeName: removed } = meta as {
    readonly addedUnionMemberTypeName?: string;
    readonly removedUnionMemberTypeName?: string;
  };
  return [path, added, removed].filter((name) => name !== undefined);
}
