import { openConnection } from './connection.ts';
import { assertCompatible, readSchemaVersion } from './migrate.ts';
import { migrations } from './migrations.ts';

/**
 * Checks whether this gateway can start on a database, without changing it. Returns what it found.
 *
 * @throws {Error} if the gateway cannot start on it
 */
export async function checkSchema(url: string): Promise<string> {
  const client = await openConnection(url);
  try {
    const current = await readSchemaVersion(client);
    assertCompatible(current, migrations);
    const { version } = current;
    if (version >= migrations.length) return `schema version ${version}`;
    const { rows } = await client.query<{ can_create: boolean }>(
      `select coalesce(
        has_schema_privilege(to_regnamespace('membership_gateway'), 'create'),
        has_database_privilege(current_database(), 'create')) as can_create`,
    );
    if (rows[0]?.can_create !== true) {
      const error = new Error('permission denied to create or change its schema');
      throw Object.assign(error, { code: '42501' });
    }
    return `schema version ${version}; the gateway brings it to ${migrations.length} when it starts`;
  } finally {
    await client.end();
  }
}
