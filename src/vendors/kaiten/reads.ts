import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress, toSearchablePart } from '../../domain/email-address.ts';
import type { Listing } from '../../domain/entities.ts';
import type { ReadError } from '../../read-error.ts';
import { addQuery, encodeSegment, path, type VendorPath } from '../../upstream/path.ts';
import { numericIdRule, opaqueIdRule, searchTextRule } from '../core/input.ts';
import { type BoundedList, type Page, readAllPages, readPage } from '../core/pagination.ts';
import type { Reading, VendorReader } from '../core/reader.ts';
import { groupNumber, group as groupObject, kaitenUser, userGroups } from './decode.ts';
import type { Group, GroupDetails, GroupUser } from './entities.ts';
import { toGroupUser } from './map.ts';

/** A user's membership in a group. */
export interface GroupOfUser {
  readonly group: Group;
  readonly user: GroupUser;
}

type Read = Reading<'KAITEN'>;

/** A group as a user's row contains it: its number, and usually all of its fields. */
type NamedGroup = Partial<Group> & { readonly number: string };

/** A user of the members section; the groups are decoded only for users that match the search. */
interface Member {
  readonly user: GroupUser;
  decodeGroups(): readonly NamedGroup[];
}

/** The most ids that one call accepts. */
const batchSize = 100;

/** Reads Kaiten's groups and users. */
export class KaitenReads {
  readonly #reader: VendorReader<'KAITEN'>;
  readonly #users: DataLoader<string, GroupUser | null>;

  constructor(reader: VendorReader<'KAITEN'>) {
    this.#reader = reader;
    this.#users = new DataLoader((ids) => this.#readUsersById(ids), { maxBatchSize: batchSize });
  }

  /** The host of the company. */
  get tenant(): string {
    return this.#reader.host;
  }

  /** Returns a group's uid in its normal form. @throws {ReadError} if it is malformed */
  checkUid(uid: string): string {
    return this.#reader.check({ uid }, { uid: opaqueIdRule }).uid;
  }

  /** Returns a user's id in its normal form. @throws {ReadError} if it is malformed */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericIdRule }).id;
  }

  /** Reads one group: `GET /company/groups/{uid}`. */
  async group(uid: string): Promise<GroupDetails | null> {
    const reading = await this.#reader.get(path`/company/groups/${encodeSegment(uid)}`);
    if (reading === null) return null;
    // The documentation declares an array and shows an object.
    const json: unknown = Array.isArray(reading.json) ? reading.json[0] : reading.json;
    const { groupUid, details } = this.#toGroup(reading, json);
    if (groupUid.toLowerCase() !== uid.toLowerCase())
      throw this.#reader.createUnreadableError(reading);
    return details;
  }

  /** Reads a part of the groups: `GET /company/groups`. */
  groups(
    search: string | null | undefined,
    offset: number,
    first: number,
  ): Promise<Listing<Group> | null> {
    if (search != null) this.#reader.check({ search }, { search: searchTextRule });
    return readPage(this.#groupList(search == null ? {} : { query: search }), offset, first);
  }

  /** Reads a part of a group's users: `GET /groups/{group_uid}/users`. */
  users(uid: string, offset: number, first: number): Promise<Listing<GroupUser> | null> {
    const { tooLong } = this.#reader;
    const list = path`/groups/${encodeSegment(uid)}/users`;
    const readUserPage = async (from: number, limit: number) => {
      const reading = await this.#reader.get(addQuery(list, { limit, offset: from }));
      return reading === null ? null : { items: this.#readUsers(reading), total: null };
    };
    return readPage({ readPage: readUserPage, getId: getUserId, tooLong }, offset, first);
  }

  /** Reads one user: `GET /users?ids=`, in one call with all users that are requested together. */
  user(userId: string): Promise<GroupUser | null> {
    return this.#users.load(userId);
  }

  /**
   * Reads the groups of a person: `GET /company/users` of the members section, whose rows contain them. Groups that a row
   * identifies by number only are looked up in `GET /company/groups`; a group that is not in that list is an error in its
   * place.
   */
  async groupsByEmail(email: EmailAddress): Promise<readonly (GroupOfUser | ReadError)[]> {
    const query = {
      for_members_section: 'true',
      // The documentation does not say which users are listed by default: an inactive user is still a member.
      temporarily_inactive_status: 'all_users',
      // The vendor searches by a part of a name or an address.
      query: toSearchablePart(email),
    };
    const read = (reading: Read) => this.#readMembers(reading);
    const getId = ({ user }: Member) => user.userId;
    const matches =
      (await readAllPages(this.#list(path`/company/users`, query, read, getId))) ?? [];
    const found = matches
      .filter(({ user }) => isSameAddress(user.email, email))
      .flatMap(({ user, decodeGroups }) => decodeGroups().map((group) => ({ user, group })));
    const hasAllNames = found.every(({ group }) => group.details?.name != null);
    const all = hasAllNames ? [] : ((await readAllPages(this.#groupList({}))) ?? []);
    const byNumber = new Map(all.map((one) => [one.details.numericId, one]));
    return found.map(({ user, group: { number, ...known } }) => {
      const group = known.details?.name == null ? (byNumber.get(number) ?? known) : known;
      return isGroup(group) ? { group, user } : this.#reader.createMissingError(`group ${number}`);
    });
  }

  async #readUsersById(ids: readonly string[]): Promise<(GroupUser | null)[]> {
    // By default Kaiten leaves out deactivated users.
    const query = { ids: ids.join(','), include_inactive: 'true', limit: batchSize };
    const reading = await this.#reader.getExisting(addQuery(path`/users`, query));
    const found = new Map(this.#readUsers(reading).map((one) => [one.userId, one]));
    const users = ids.map((id) => found.get(id) ?? null);
    // If other users are in the list, it was not filtered, and an absence in it proves nothing.
    const isFiltered = [...found.keys()].every((id) => ids.includes(id));
    if (!isFiltered && users.includes(null)) throw this.#reader.createUnreadableError(reading);
    return users;
  }

  #groupList(query: Readonly<Record<string, string>>) {
    const read = (reading: Read) => {
      const rows = Array.isArray(reading.json) ? reading.json : [undefined];
      return rows.map((row) => this.#toGroup(reading, row));
    };
    return this.#list(path`/company/groups`, query, read, ({ groupUid }) => groupUid);
  }

  #list<Item>(
    list: VendorPath,
    query: Readonly<Record<string, string>>,
    read: (reading: Read) => readonly Item[],
    getId: (item: Item) => string,
  ): BoundedList<Item> {
    const readPage = async (offset: number, limit: number): Promise<Page<Item>> => {
      const reading = await this.#reader.getExisting(addQuery(list, { ...query, limit, offset }));
      return { items: read(reading), total: null };
    };
    return { readPage, getId, tooLong: this.#reader.tooLong };
  }

  #toGroup(reading: Read, json: unknown) {
    const row = this.#reader.decode(reading, json, groupObject, 'group');
    const details: GroupDetails = {
      numericId: String(row.id),
      name: reading.credentials.redactor.redactValue(row.name),
      createdAt: row.created ?? null,
      updatedAt: row.updated ?? null,
    };
    return { tenant: this.tenant, groupUid: row.uid, details };
  }

  readonly #readUsers = (reading: Read): GroupUser[] =>
    this.#reader
      .decodeAll(reading, reading.json, kaitenUser, 'user')
      .map((row) => toGroupUser(row, this.tenant, reading.credentials.redactor));

  #readMembers(reading: Read): Member[] {
    const rows = reading.json as readonly unknown[];
    return this.#readUsers(reading).map((user, index) => ({
      user,
      decodeGroups: () => this.#decodeGroupsOf(reading, rows[index]),
    }));
  }

  /** @throws {ReadError} if one cannot be decoded, since the user's memberships would be incomplete */
  #decodeGroupsOf(reading: Read, row: unknown): NamedGroup[] {
    const groups = userGroups(row)?.groups;
    if (groups === undefined) throw this.#reader.createUnreadableError(reading);
    const named = groups.map((json): [string, NamedGroup] => {
      const number = groupNumber(json)?.toString();
      if (number === undefined) throw this.#reader.createUnreadableError(reading);
      const isComplete = groupObject.read(json) !== null;
      return [number, { ...(isComplete && this.#toGroup(reading, json)), number }];
    });
    return [...new Map(named).values()];
  }
}

function isGroup(group: Partial<Group>): group is Group {
  return group.groupUid !== undefined;
}

function getUserId({ userId }: GroupUser): string {
  return userId;
}
