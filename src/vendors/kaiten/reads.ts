import DataLoader from 'dataloader';
import type { EmailAddress } from '../../email-address.ts';
import type { Group, GroupDetails, GroupUser, Listing } from '../../entities.ts';
import { path, segment, type VendorPath, withQuery } from '../../http/path.ts';
import type { ReadError } from '../../read-error.ts';
import { numericId, opaqueId, searchText } from '../input.ts';
import { type PagedRead, readAll, readListing } from '../listing.ts';
import type { Reading, VendorReader } from '../reader.ts';
import type { Page } from '../walk.ts';
import { groupUser } from './user.ts';
import { kaitenGroup, kaitenUser, kaitenUserGroups } from './wire.ts';

/** A user's place in a group. */
export interface GroupOfUser {
  readonly group: Group;
  readonly user: GroupUser;
}

type Read = Reading<'KAITEN'>;

/** The most ids that one call takes. */
const batchSize = 100;

/** Reads Kaiten's groups and users. */
export class KaitenReads {
  readonly #reader: VendorReader<'KAITEN'>;
  readonly #users: DataLoader<string, GroupUser | null>;

  constructor(reader: VendorReader<'KAITEN'>) {
    this.#reader = reader;
    this.#users = new DataLoader((ids) => this.#usersById(ids), { maxBatchSize: batchSize });
  }

  /** Whose groups these are: the company's own host. */
  get tenant(): string {
    return this.#reader.host;
  }

  /** A group's uid in its normal form. @throws {ReadError} where it is none */
  checkUid(uid: string): string {
    return this.#reader.check({ uid }, { uid: opaqueId }).uid;
  }

  /** A user's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericId }).id;
  }

  /** What there is to tell of one group itself: `GET /company/groups/{uid}`. */
  async group(uid: string): Promise<GroupDetails | null> {
    const reading = await this.#reader.get(path`/company/groups/${segment(uid)}`);
    if (reading === null) return null;
    // The documentation declares a list and shows an object.
    const json: unknown = Array.isArray(reading.json) ? reading.json[0] : reading.json;
    const { groupUid, details } = this.#group(reading, json);
    if (groupUid.toLowerCase() !== uid.toLowerCase()) throw this.#reader.unreadable(reading);
    return details;
  }

  /** A part of the groups: `GET /company/groups`. */
  groups(
    search: string | null | undefined,
    offset: number,
    first: number,
  ): Promise<Listing<Group> | null> {
    if (search != null) this.#reader.check({ search }, { search: searchText });
    return readListing(this.#groupList(search == null ? {} : { query: search }), offset, first);
  }

  /** A part of a group's users: `GET /groups/{group_uid}/users`. */
  users(uid: string, offset: number, first: number): Promise<Listing<GroupUser> | null> {
    const list = path`/groups/${segment(uid)}/users`;
    const page = async (from: number, limit: number) => {
      const reading = await this.#reader.get(withQuery(list, { limit, offset: from }));
      return reading === null ? null : { items: this.#readUsers(reading), total: null };
    };
    return readListing({ page, idOf: userIdOf, tooLong: this.#reader.tooLong }, offset, first);
  }

  /** One user: `GET /users?ids=`, in one call with all who are asked for at once. */
  user(userId: string): Promise<GroupUser | null> {
    return this.#users.load(userId);
  }

  /**
   * The groups of somebody: `GET /company/users` of the members section, then `GET /company/groups`.
   * A group that the user names and the list of groups does not hold is an error in its place.
   */
  async groupsOf(email: EmailAddress): Promise<readonly (GroupOfUser | ReadError)[]> {
    const query = { for_members_section: 'true', query: email };
    const read = (reading: Read) => this.#readMembers(reading);
    const idOf = ({ user }: { readonly user: GroupUser }) => user.userId;
    const matches = (await readAll(this.#list(path`/company/users`, query, read, idOf))) ?? [];
    // The vendor's query takes a part of a name or an address.
    const found = matches.filter(({ user }) => user.email?.toLowerCase() === email);
    if (!found.some(({ groups }) => groups.length > 0)) return [];
    const all = (await readAll(this.#groupList({}))) ?? [];
    const byNumber = new Map(all.map((one) => [one.details.numericId, one]));
    return found.flatMap(({ user, groups }) =>
      groups.map((id) => {
        const group = byNumber.get(id);
        return group === undefined ? this.#reader.missing(`group ${id}`) : { group, user };
      }),
    );
  }

  async #usersById(ids: readonly string[]): Promise<(GroupUser | null)[]> {
    const query = { ids: ids.join(','), limit: batchSize };
    const users = this.#readUsers(await this.#reader.list(withQuery(path`/users`, query)));
    const found = new Map(users.map((one) => [one.userId, one]));
    return ids.map((id) => found.get(id) ?? null);
  }

  #groupList(query: Readonly<Record<string, string>>) {
    const read = (reading: Read) => {
      const rows = Array.isArray(reading.json) ? reading.json : [undefined];
      return rows.map((row) => this.#group(reading, row));
    };
    return this.#list(path`/company/groups`, query, read, ({ groupUid }) => groupUid);
  }

  #list<Item>(
    list: VendorPath,
    query: Readonly<Record<string, string>>,
    read: (reading: Read) => readonly Item[],
    idOf: (item: Item) => string,
  ): PagedRead<Item> {
    const page = async (offset: number, limit: number): Promise<Page<Item>> => {
      const reading = await this.#reader.list(withQuery(list, { ...query, limit, offset }));
      return { items: read(reading), total: null };
    };
    return { page, idOf, tooLong: this.#reader.tooLong };
  }

  #group(reading: Read, json: unknown) {
    const row = this.#reader.object(reading, json, kaitenGroup, 'group');
    const details: GroupDetails = {
      numericId: String(row.id),
      name: reading.credentials.redactor.data(row.name),
      createdAt: row.created ?? null,
      updatedAt: row.updated ?? null,
    };
    return { tenant: this.tenant, groupUid: row.uid, details };
  }

  readonly #readUsers = (reading: Read): GroupUser[] =>
    this.#reader
      .objects(reading, reading.json, kaitenUser, 'user')
      .map((row) => groupUser(row, this.tenant, reading.credentials.redactor));

  #readMembers(reading: Read) {
    const rows = reading.json as readonly unknown[];
    return this.#readUsers(reading).map((user, index) => {
      const read = kaitenUserGroups(rows[index]);
      // Without them it cannot be told where the user is a member.
      if (read === undefined) throw this.#reader.unreadable(reading);
      return { user, groups: read.groups.map(String) };
    });
  }
}

function userIdOf({ userId }: GroupUser): string {
  return userId;
}
