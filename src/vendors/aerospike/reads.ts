import DataLoader from 'dataloader';
import type { Decoded } from '../../domain/decode.ts';
import { type EmailAddress, isSameAddress } from '../../domain/email-address.ts';
import type { Listing } from '../../domain/entities.ts';
import { NotFoundError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import { uuidRule } from '../core/input.ts';
import { type BoundedList, readAllPages, readPage } from '../core/pagination.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import { organization, orgMember, orgMemberPage } from './decode.ts';
import type { Organization, OrgMember } from './entities.ts';

const readOrg = { permission: 'read:org' };

/** Reads the Aerospike Cloud organization that the access token belongs to. */
export class AerospikeReads {
  readonly #reader: VendorReader<'AEROSPIKE'>;
  readonly #members: DataLoader<string, OrgMember | null>;

  constructor(reader: VendorReader<'AEROSPIKE'>) {
    this.#reader = reader;
    this.#members = new DataLoader((ids) => this.#findMembers(ids));
  }

  /** Returns a member's id in its normal form. @throws {ReadError} if it is malformed */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: uuidRule }).id;
  }

  /** Reads the organization: `GET /organization`. */
  async organization(): Promise<Organization | null> {
    const reading = await this.#reader.get(path`/organization`, readOrg);
    if (reading === null) return null;
    const row = this.#reader.decode(reading, reading.json, organization, 'organization');
    const { redactor } = reading.credentials;
    return {
      organizationId: row.id,
      name: redactor.redactValue(row.name),
      billingPlan: redactor.redactValue(row.billingPlan),
    };
  }

  /**
   * Returns the id of the organization, which only the token identifies.
   *
   * @throws {ReadError} if the organization cannot be read
   */
  async tenant(): Promise<string> {
    const found = await this.organization();
    if (found !== null) return found.organizationId;
    const message = 'Aerospike Cloud found no organization for the access token.';
    const error = new NotFoundError({ vendor: 'AEROSPIKE', outcome: 'NOT_APPLIED', message });
    throw ReadError.fromFailure(error);
  }

  /** Reads a part of the members: `GET /organization/members`. */
  members(offset: number, first: number): Promise<Listing<OrgMember> | null> {
    return readPage(this.#list, offset, first);
  }

  /** Reads one member from pages of `GET /organization/members`, which all concurrent reads share. */
  member(userId: string): Promise<OrgMember | null> {
    return this.#members.load(userId);
  }

  /** Reads the members with an e-mail address: `GET /organization/members`. */
  async membersByEmail(email: EmailAddress): Promise<readonly OrgMember[]> {
    const members = (await readAllPages(this.#list)) ?? [];
    return members.filter((one) => isSameAddress(one.email, email));
  }

  /** Searches for all members that are requested together in one walk. */
  async #findMembers(ids: readonly string[]): Promise<(OrgMember | null)[]> {
    const missing = new Set(ids);
    const members = await readAllPages(this.#list, (page) => {
      for (const { userId } of page) missing.delete(userId);
      return missing.size === 0;
    });
    const found = new Map(members?.map((one) => [one.userId, one]));
    return ids.map((id) => found.get(id) ?? null);
  }

  get #list(): BoundedList<OrgMember> {
    return {
      readPage: async (offset, limit) => {
        const page = addQuery(path`/organization/members`, { limit, offset });
        const reading = await this.#reader.getExisting(page, readOrg);
        const { members, meta } = this.#reader.decode(
          reading,
          reading.json,
          orgMemberPage,
          'members',
        );
        const rows = this.#reader.decodeAll(reading, members, orgMember, 'member');
        return { items: rows.map((row) => toOrgMember(row, reading)), total: meta?.total ?? null };
      },
      getId: ({ userId }) => userId,
      tooLong: this.#reader.tooLong,
    };
  }
}

function toOrgMember(
  row: Decoded<typeof orgMember>,
  { credentials: { redactor } }: Reading<'AEROSPIKE'>,
): OrgMember {
  return {
    userId: row.id.toLowerCase(),
    firstName: redactor.redactValue(row.firstName),
    lastName: redactor.redactValue(row.lastName),
    email: redactor.redactValue(row.email),
    role: row.role ?? null,
    createdAt: row.createdAt ?? null,
  };
}
