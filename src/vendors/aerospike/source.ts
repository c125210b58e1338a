import type { Operation } from '../../http/operation.ts';
import { path, segment } from '../../http/path.ts';
import { type OrgMemberRemoved, saidByVendor } from '../../memberships.ts';
import { isBodilessSuccess } from '../bodiless.ts';
import { checkIds, uuid } from '../input.ts';
import type { VendorLink } from '../link.ts';
import type { Vendor } from '../vendor.ts';
import { aerospikeError, isAerospikeError } from './errors.ts';

/** A member of the credential's organisation, by Aerospike's own id. */
export interface OrgMemberInput {
  readonly userId: string;
}

/** Aerospike Cloud: its public API takes an OAuth 2 access token (RFC 6750), which also names the organisation. */
export const aerospike: Vendor<'AEROSPIKE', AerospikeSource> = {
  id: 'AEROSPIKE',
  title: 'Aerospike Cloud',
  urlVariable: 'AEROSPIKE_URL',
  credentialHeaders: [
    {
      incoming: 'aerospike-authorization',
      outgoing: 'Authorization',
      form: 'bearer',
      secret: true,
    },
  ],
  connect: (link) => new AerospikeSource(link),
};

const headers = ['Accept', 'application/json, application/problem+json'];

/** The members of an Aerospike Cloud organisation, as one caller may change them. */
export class AerospikeSource {
  readonly #link: VendorLink<'AEROSPIKE'>;

  constructor(link: VendorLink<'AEROSPIKE'>) {
    this.#link = link;
  }

  /**
   * Takes a person out of the organisation: `DELETE /organization/members/{userId}`.
   *
   * @throws {MembershipError} whatever keeps the change from being made or from being known
   */
  async removeOrgMember(input: OrgMemberInput, operation: Operation): Promise<OrgMemberRemoved> {
    const ids = checkIds(this.#link.vendor, input, { userId: uuid });
    const target = path`/organization/members/${segment(ids.userId)}`;
    const { answer, credentials } = await this.#link.send(
      { method: 'DELETE', path: target, headers },
      operation,
    );
    if (isBodilessSuccess(answer, isAerospikeError)) return { ...saidByVendor, ...ids };
    throw aerospikeError(answer, {
      repeatable: true,
      redactor: credentials.redactor,
      notFound:
        'Aerospike Cloud finds no such member of the organisation, or the caller cannot see it.',
      fields: { userId: 'userId' },
    });
  }
}
