import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress, toSearchablePart } from '../../domain/email-address.ts';
import type { Group, GroupDetails, GroupUser, Listing } from '../../domain/entities.ts';
import type { ReadError } from '../../read-error.ts';
import { addQuery, encodeSegment, path, type VendorPath } from '../../upstream/path.ts';
import type { Page } from '../core/find-in-pages.ts';
import { numericIdRule, opaqueIdRule, searchTextRule } from '../core/input.ts';
import { type PagedRead, readAllPages, readPage } from '../core/listing.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import { groupNumber, kaitenGroup, kaitenUser, kaitenUserGroups } from './decode.ts';
import { toGroupUser } from './map.ts';

/** A user's place in a group. */
export interface GroupOfUser {
  readonly group: Group;
  readonly user: GroupUser;
}

type Read = Reading<'KAITEN'>;

/** A group as a user's row names it: by its number, and mostly as a whole. */
type NamedGroup = Partial<Group> & { readonly number: string };

/** A user of the members section; the groups are read of those only who are looked for. */
interface Member {
  readonly user: GroupUser;
  groups(): readonly NamedGroup[];
}

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
    return this.#reader.check({ uid }, { uid: opaqueIdRule }).uid;
  }

  /** A user's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericIdRule }).id;
  }

  /** What there is to tell of one group itself: `GET /company/groups/{uid}`. */
  async group(uid: string): Promise<GroupDetails | null> {
    const reading = await this.#reader.get(path`/company/groups/${encodeSegment(uid)}`);
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
    if (search != null) this.#reader.check({ search }, { search: searchTextRule });
    return readPage(this.#groupList(search == null ? {} : { query: search }), offset, first);
  }

  /** A part of a group's users: `GET /groups/{group_uid}/users`. */
  users(uid: string, offset: number, first: number): Promise<Listing<GroupUser> | null> {
    const list = path`/groups/${encodeSegment(uid)}/users`;
    const page = async (from: number, limit: number) => {
      const reading = await this.#reader.get(addQuery(list, { limit, offset: from }));
      return reading === null ? null : { items: this.#readUsers(reading), total: null };
    };
    return readPage({ page, idOf: userIdOf, tooLong: this.#reader.tooLong }, offset, first);
  }

  /** One user: `GET /users?ids=`, in one call with all who are asked for at once. */
  user(userId: string): Promise<GroupUser | null> {
    return this.#users.load(userId);
  }

  /**
   * The groups of a person: `GET /company/users` of the members section, whose rows hold them. Groups that
   * a row names by number only are looked up in `GET /company/groups`; one that the list does not hold is
   * an error in its place.
   */
  async groupsOf(email: EmailAddress): Promise<readonly (GroupOfUser | ReadError)[]> {
    const query = {
      for_members_section: 'true',
      // Which users the vendor lists otherwise is not documented: somebody inactive is still a member.
      temporarily_inactive_status: 'all_users',
      // The vendor finds users by a part of a name or an address.
      query: toSearchablePart(email),
    };
    const read = (reading: Read) => this.#readMembers(reading);
    const idOf = ({ user }: Member) => user.userId;
    const matches = (await readAllPages(this.#list(path`/company/users`, query, read, idOf))) ?? [];
    const found = matches
      .filter(({ user }) => isSameAddress(user.email, email))
      .flatMap(({ user, groups }) => groups().map((group) => ({ user, group })));
    const isToldInFull = found.every(({ group }) => group.details?.name != null);
    const all = isToldInFull ? [] : ((await readAllPages(this.#groupList({}))) ?? []);
    const byNumber = new Map(all.map((one) => [one.details.numericId, one]));
    return found.map(({ user, group: { number, ...told } }) => {
      const group = told.details?.name == null ? (byNumber.get(number) ?? told) : told;
      return isGroup(group) ? { group, user } : this.#reader.missing(`group ${number}`);
    });
  }

  async #usersById(ids: readonly string[]): Promise<(GroupUser | null)[]> {
    // Without this, Kaiten leaves out users who have been deactivated.
    const query = { ids: ids.join(','), include_inactive: 'true', limit: batchSize };
    const reading = await this.#reader.list(addQuery(path`/users`, query));
    const found = new Map(this.#readUsers(reading).map((one) => [one.userId, one]));
    const users = ids.map((id) => found.get(id) ?? null);
    // Others than those asked for: the list was not filtered, and an absence in it says nothing.
    const isFiltered = [...found.keys()].every((id) => ids.includes(id));
    if (!isFiltered && users.includes(null)) throw this.#reader.unreadable(reading);
    return users;
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
      const reading = await this.#reader.list(addQuery(list, { ...query, limit, offset }));
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
      .map((row) => toGroupUser(row, this.tenant, reading.credentials.redactor));

  #readMembers(reading: Read): Member[] {
    const rows = reading.json as readonly unknown[];
    return this.#readUsers(reading).map((user, index) => ({
      user,
      groups: () => this.#groupsIn(reading, rows[index]),
    }));
  }

  /** @throws {ReadError} if they cannot be read: it cannot be told then where the user is a member */
  #groupsIn(reading: Read, row: unknown): NamedGroup[] {
    const groups = kaitenUserGroups(row)?.groups;
    if (groups === undefined) throw this.#reader.unreadable(reading);
    const named = groups.map((json): [string, NamedGroup] => {
      const number = groupNumber(json)?.toString();
      if (number === undefined) throw this.#reader.unreadable(reading);
      const isWhole = kaitenGroup.read(json) !== null;
      return [number, { ...(isWhole && this.#group(reading, json)), number }];
    });
    return [...new Map(named).values()];
  }
}

function isGroup(group: Partial<Group>): group is Group {
  return group.groupUid !== undefined;
}

function userIdOf({ userId }: GroupUser): string {
  return userId;
}
