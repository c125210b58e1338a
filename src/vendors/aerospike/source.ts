import type { TimeBudget } from '../../changes/time-budget.ts';
import type { OrgMemberRemoved } from '../../domain/change-results.ts';
import { InvalidInputError } from '../../errors.ts';
import { addQuery, encodeSegment, path } from '../../upstream/path.ts';
import { isEmptySuccess } from '../core/empty-success.ts';
import type { Reader } from '../core/exchange.ts';
import { findInPages } from '../core/find-in-pages.ts';
import { checkIds, uuidRule } from '../core/input.ts';
import { readJson } from '../core/json.ts';
import type { VendorSession } from '../core/session.ts';
import type { Vendor } from '../core/vendor.ts';
import { memberIds, memberPage } from './decode.ts';
import {
  isAerospikeAnswer,
  isAerospikeError,
  isAerospikeHead,
  mapAerospikeError,
} from './errors.ts';
import { AerospikeReads } from './reads.ts';

/** A member of the credential's organisation, by Aerospike's own id. */
export interface OrgMemberInput {
  readonly userId: string;
}

/** Aerospike Cloud: its public API takes an OAuth 2 access token (RFC 6750), which also names the organisation. */
export const aerospike: Vendor<'AEROSPIKE', AerospikeSource, AerospikeReads> = {
  id: 'AEROSPIKE',
  title: 'Aerospike Cloud',
  urlVariable: 'AEROSPIKE_URL',
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
    },
  ],
  endpoints: [
    'DELETE /organization/members/{userId}',
    'GET /organization/members',
    'GET /organization',
  ],
  limitedBy: 'credential',
  dialect: () => ({
    headers,
    error: mapAerospikeError,
    isErrorForm: isAerospikeError,
    isKnownAnswer: isAerospikeAnswer,
    isKnownHead: isAerospikeHead,
  }),
  connect: (link) => new AerospikeSource(link),
  read: (reader) => new AerospikeReads(reader),
};

const headers = ['Accept', 'application/json, application/problem+json'];

/** The members of an Aerospike Cloud organisation, as one caller may change them. */
export class AerospikeSource {
  readonly #link: VendorSession<'AEROSPIKE'>;

  constructor(link: VendorSession<'AEROSPIKE'>) {
    this.#link = link;
  }

  /**
   * Takes a person out of the organisation: `DELETE /organization/members/{userId}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known; or it rejects with it
   */
  removeOrgMember(input: OrgMemberInput, operation: TimeBudget): Promise<OrgMemberRemoved> {
    const ids = checkIds(this.#link.vendor, input, { userId: uuidRule });
    const target = path`/organization/members/${encodeSegment(ids.userId)}`;
    return this.#link.change(
      {
        mutation: 'removeOrgMember',
        ids,
        request: { method: 'DELETE', path: target, headers },
        notFound:
          'Aerospike Cloud finds no such member of the organisation, or the caller cannot see it.',
        permission: 'update:org',
        read: ({ answer }) => (isEmptySuccess(answer) ? ids : null),
        // The vendor documents no 404: a member who is gone already may get a 400.
        isAbsence: (error) => error instanceof InvalidInputError,
        look: async (reader) => {
          const found = await findMember(reader, ids.userId);
          if (found.kind === 'found') return { kind: 'notInPlace' };
          return found.kind === 'absent' ? { kind: 'inPlace', value: ids } : found;
        },
      },
      operation,
    );
  }
}

/** Looks for a member of the organisation: `GET /organization/members`. */
function findMember(reader: Reader<'AEROSPIKE'>, userId: string) {
  const list = path`/organization/members`;
  return findInPages<{ readonly id: string }>({
    read: async (offset, limit) => {
      const exchange = await reader(addQuery(list, { limit, offset }));
      if (exchange === null) return null;
      // Without a total that can be read, two walks tell.
      const page = memberPage.read(readJson(exchange.answer))?.value;
      const items = memberIds(page?.members);
      return items === undefined ? null : { items, total: page?.meta?.total ?? null };
    },
    idOf: ({ id }) => id.toLowerCase(),
    isTarget: ({ id }) => id.toLowerCase() === userId,
  });
}
