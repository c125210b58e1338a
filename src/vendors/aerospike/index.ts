import { InvalidInputError } from '../../errors.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { asObject, parseBody, readEmptySuccess } from '../core/body.ts';
import { type ChangeDeclaration, readBackAbsence } from '../core/change.ts';
import { defineVendor } from '../core/define-vendor.ts';
import type { ReadVendor } from '../core/exchange.ts';
import { uuidRule } from '../core/input.ts';
import { findInPages, type PageSearch } from '../core/pagination.ts';
import { memberIds, orgMemberPage } from './decode.ts';
import { aerospikeErrors } from './errors.ts';
import { AerospikeReads } from './reads.ts';

/** A member of the credential's organization, by Aerospike's id. */
interface OrgMemberInput {
  readonly userId: string;
}

const removeOrgMember: ChangeDeclaration<'AEROSPIKE', OrgMemberInput, OrgMemberInput> = {
  endpoint: 'DELETE /organization/members/{userId}',
  permission: 'update:org',
  ending: 'Ends the membership in the organization.',
  input: { userId: uuidRule },
  notFound:
    'Aerospike Cloud found no such member in the organization, or the caller cannot see it.',
  success: readEmptySuccess,
  readBack: (read, ids) => readBackAbsence(findMember(read, ids.userId), ids),
  // The vendor documents no 404: a request for a former member may return a 400.
  isAbsence: (error) => error instanceof InvalidInputError,
};

/**
 * Aerospike Cloud. Its public API accepts an OAuth 2 access token (RFC 6750), which also identifies the organization.
 */
export const aerospike = defineVendor({
  id: 'AEROSPIKE',
  title: 'Aerospike Cloud',
  description: 'Aerospike Cloud, with an organization and its members.',
  url: {
    example: 'https://api.aerospike.cloud/v2',
    unusualPath: /(?<!\/v[12]\/*)$/,
    advice: "Aerospike Cloud's API is under /v1 or /v2",
  },
  rateLimit: { default: 'off', formerVariable: 'AEROSPIKE_PACE' },
  // The vendor's page "Use the Cloud API".
  oauth: {
    header: 'aerospike-authorization',
    tokenUrl: 'https://auth.control.aerospike.cloud/oauth/token',
  },
  harmlessRead: path`/organization`,
  credentialHeaders: [
    {
      incoming: 'aerospike-authorization',
      outgoing: 'Authorization',
      form: 'bearer',
      secret: true,
      part: 'token',
      meaning: 'Aerospike Cloud\'s access token, without "Bearer"',
    },
  ],
  getTenant: (credentials) => readOrganization(credentials.value('aerospike-authorization')),
  rateLimitScope: 'credential',
  headers: () => ['Accept', 'application/json, application/problem+json'],
  errors: aerospikeErrors,
  changes: { removeOrgMember },
  reads: AerospikeReads,
  readEndpoints: ['GET /organization/members', 'GET /organization'],
});

/** Returns the organization that an access token names (RFC 7519, section 7.2); null if it names none. */
function readOrganization(token: string): string | null {
  const claims = parseBody({
    text: Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
  });
  const organization = asObject(claims)?.['org_id'];
  return typeof organization === 'string' ? organization : null;
}

/** Searches for a member of the organization: `GET /organization/members`. */
function findMember(
  read: ReadVendor<'AEROSPIKE'>,
  userId: string,
): Promise<PageSearch<{ readonly id: string }>> {
  const list = {
    readPage: async (offset: number, limit: number) => {
      const exchange = await read(addQuery(path`/organization/members`, { limit, offset }));
      if (exchange === null) return null;
      const page = orgMemberPage.read(parseBody(exchange.response))?.value;
      const items = memberIds(page?.members);
      // Without a readable total, two walks have to agree.
      return items === undefined ? null : { items, total: page?.meta?.total ?? null };
    },
    getId: ({ id }: { readonly id: string }) => id.toLowerCase(),
  };
  return findInPages(list, (member) => list.getId(member) === userId);
}
