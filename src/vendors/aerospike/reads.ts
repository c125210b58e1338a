import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress } from '../../domain/email-address.ts';
import type { Listing, Organization, OrgMember } from '../../domain/entities.ts';
import { NotFoundError } from '../../errors.ts';
import { ReadError } from '../../read-error.ts';
import { addQuery, path } from '../../upstream/path.ts';
import type { WireValue } from '../core/decode-object.ts';
import { uuidRule } from '../core/input.ts';
import { type PagedRead, readAllPages, readPage } from '../core/listing.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import { memberPage, memberRow, organizationRow } from './decode.ts';

const readOrg = { permission: 'read:org' };

/** Reads the Aerospike Cloud organisation that the access token belongs to. */
export class AerospikeReads {
  readonly #reader: VendorReader<'AEROSPIKE'>;
  readonly #members: DataLoader<string, OrgMember | null>;

  constructor(reader: VendorReader<'AEROSPIKE'>) {
    this.#reader = reader;
    this.#members = new DataLoader((ids) => this.#findMembers(ids));
  }

  /** A member's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: uuidRule }).id;
  }

  /** The organisation: `GET /organization`. */
  async organization(): Promise<Organization | null> {
    const reading = await this.#reader.get(path`/organization`, readOrg);
    if (reading === null) return null;
    const row = this.#reader.object(reading, reading.json, organizationRow, 'organization');
    const { redactor } = reading.credentials;
    return {
      organizationId: row.id,
      name: redactor.data(row.name),
      billingPlan: redactor.data(row.billingPlan),
    };
  }

  /**
   * Whose members these are, which only the token knows.
   *
   * @throws {ReadError} where the organisation cannot be read
   */
  async tenant(): Promise<string> {
    const organization = await this.organization();
    if (organization !== null) return organization.organizationId;
    const message = 'Aerospike Cloud finds no organisation for the access token.';
    throw ReadError.of(new NotFoundError({ vendor: 'AEROSPIKE', outcome: 'NOT_APPLIED', message }));
  }

  /** A part of the members: `GET /organization/members`. */
  members(offset: number, first: number): Promise<Listing<OrgMember> | null> {
    return readPage(this.#list, offset, first);
  }

  /** One member, found in pages of `GET /organization/members` that all who ask at once share. */
  member(userId: string): Promise<OrgMember | null> {
    return this.#members.load(userId);
  }

  /** The members with an e-mail address: `GET /organization/members`. */
  async membersByEmail(email: EmailAddress): Promise<readonly OrgMember[]> {
    const members = (await readAllPages(this.#list)) ?? [];
    return members.filter((one) => isSameAddress(one.email, email));
  }

  /** All that are asked for at once are looked for in one walk. */
  async #findMembers(ids: readonly string[]): Promise<(OrgMember | null)[]> {
    const missing = new Set(ids);
    const members = await readAllPages(this.#list, (page) => {
      for (const { userId } of page) missing.delete(userId);
      return missing.size === 0;
    });
    const found = new Map(members?.map((one) => [one.userId, one]));
    return ids.map((id) => found.get(id) ?? null);
  }

  get #list(): PagedRead<OrgMember> {
    return {
      page: async (offset, limit) => {
        const page = addQuery(path`/organization/members`, { limit, offset });
        const reading = await this.#reader.list(page, readOrg);
        const { members, meta } = this.#reader.object(reading, reading.json, memberPage, 'members');
        const rows = this.#reader.objects(reading, members, memberRow, 'member');
        return { items: rows.map((row) => member(row, reading)), total: meta?.total ?? null };
      },
      idOf: ({ userId }) => userId,
      tooLong: this.#reader.tooLong,
    };
  }
}

function member(
  row: WireValue<typeof memberRow>,
  { credentials: { redactor } }: Reading<'AEROSPIKE'>,
): OrgMember {
  return {
    userId: row.id.toLowerCase(),
    firstName: redactor.data(row.firstName),
    lastName: redactor.data(row.lastName),
    email: redactor.data(row.email),
    role: row.role ?? null,
    createdAt: row.createdAt ?? null,
  };
}
