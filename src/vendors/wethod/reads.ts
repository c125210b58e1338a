import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress } from '../../domain/email-address.ts';
import type {
  Listing,
  Person,
  Stream,
  StreamDetails,
  StreamLeadership,
  StreamMembership,
} from '../../domain/entities.ts';
import { addQuery, encodeSegment, path, type VendorPath } from '../../upstream/path.ts';
import type { Page } from '../core/find-in-pages.ts';
import { numericIdRule, searchTextRule } from '../core/input.ts';
import { asObject } from '../core/json.ts';
import { type PagedRead, readAllPages, readPage } from '../core/listing.ts';
import type { Reading, ReadOptions, VendorReader } from '../core/reader.ts';
import { personRow, streamLeaderLink, streamMemberLink, streamRow } from './decode.ts';
import {
  getCompany,
  isLive,
  toLeadership,
  toMembership,
  toPerson,
  toStreamDetails,
} from './map.ts';

/** Which streams, and what is to come along with them in the same call. */
export interface StreamQuery {
  readonly search?: string | null | undefined;
  /** Only the archived ones, or only the others. */
  readonly archived?: boolean | null | undefined;
  readonly leaders?: boolean;
  readonly members?: boolean;
}

/** A stream that a person leads. */
export interface LedStream {
  readonly stream: Stream;
  readonly leadership: StreamLeadership;
  readonly person: Person;
}

type Read = Reading<'WETHOD'>;

/** How many persons a query reads one by one, before it walks through the list for all others. */
const fewPersons = 2;

const company = { permission: 'settings.company' };
const team = { permission: 'settings.team' };

/** Reads Wethod's streams and persons. */
export class WethodReads {
  readonly #reader: VendorReader<'WETHOD'>;
  readonly #persons: DataLoader<string, Person | null>;
  #askedPersons = 0;

  constructor(reader: VendorReader<'WETHOD'>) {
    this.#reader = reader;
    this.#persons = new DataLoader((ids) => this.#findPersons(ids));
  }

  /** Whose streams these are: the company that the caller names. */
  async tenant(): Promise<string> {
    return getCompany({ credentials: await this.#reader.credentials() });
  }

  /** A stream's id in its normal form. @throws {ReadError} where it is none */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericIdRule }).id;
  }

  /** What there is to tell of one stream itself: `GET /api/streams/{id}`. */
  async stream(streamId: string): Promise<StreamDetails | null> {
    const reading = await this.#reader.get(path`/api/streams/${encodeSegment(streamId)}`, company);
    if (reading === null) return null;
    const row = this.#reader.object(reading, reading.json, streamRow, 'stream');
    if (String(row.id) !== streamId) throw this.#reader.unreadable(reading);
    return toStreamDetails(row, reading);
  }

  /** A part of the streams: `GET /api/streams`. */
  streams(query: StreamQuery, offset: number, first: number): Promise<Listing<Stream> | null> {
    if (query.search != null)
      this.#reader.check({ search: query.search }, { search: searchTextRule });
    return readPage(this.#streamList(query), offset, first);
  }

  /** The leaders of a stream: `GET /api/streams/{stream_id}/leaders`. */
  async leaders(streamId: string): Promise<readonly StreamLeadership[] | null> {
    const list = path`/api/streams/${encodeSegment(streamId)}/leaders`;
    // Deleted links too: they count for the offset of the next page.
    const links = await readAllPages({
      page: (offset, limit) =>
        this.#page(addQuery(list, { limit, offset }), company, (reading) =>
          this.#leaders(reading, reading.json, streamId),
        ),
      idOf: (link) => link.leadershipId,
      tooLong: this.#reader.tooLong,
    });
    return links?.filter((link) => link.isLive) ?? null;
  }

  /** Who works in a stream: `GET /api/streams/{stream_id}/members`. */
  members(streamId: string): Promise<readonly StreamMembership[] | null> {
    const list = path`/api/streams/${encodeSegment(streamId)}/members`;
    return readAllPages({
      page: (offset, limit) =>
        this.#page(addQuery(list, { limit, offset }), company, (reading) =>
          this.#members(reading, reading.json, streamId),
        ),
      idOf: (link) => link.membershipId,
      tooLong: this.#reader.tooLong,
    });
  }

  /** One person: `GET /api/persons/{id}`, or `GET /api/persons` for all that are asked for together. */
  person(personId: string): Promise<Person | null> {
    return this.#persons.load(personId);
  }

  /** The streams that somebody leads now: `GET /api/persons`, then `GET /api/streams`. */
  async ledBy(email: EmailAddress): Promise<readonly LedStream[]> {
    const everybody = (await readAllPages(this.#personList())) ?? [];
    const found = everybody.filter((one) => isSameAddress(one.email, email));
    if (found.length === 0) return [];
    const byId = new Map(found.map((one) => [one.personId, one]));
    const streams = (await readAllPages(this.#streamList({ leaders: true }))) ?? [];
    const led = streams.map(async (stream) => {
      const leaders = stream.leaders ?? (await this.leaders(stream.streamId)) ?? [];
      return leaders.flatMap((link) => {
        const leader = byId.get(link.leaderId);
        return leader === undefined ? [] : [{ stream, leadership: link, person: leader }];
      });
    });
    return (await Promise.all(led)).flat();
  }

  /** The first few of a query are read one by one; for more a walk is cheaper, a call for each 100 persons. */
  async #findPersons(ids: readonly string[]): Promise<(Person | null | Error)[]> {
    this.#askedPersons += ids.length;
    if (this.#askedPersons <= fewPersons) {
      const reads = await Promise.allSettled(ids.map((id) => this.#person(id)));
      return reads.map((read) => (read.status === 'fulfilled' ? read.value : read.reason));
    }
    const missing = new Set(ids);
    const persons = await readAllPages(this.#personList(), (page) => {
      for (const { personId } of page) missing.delete(personId);
      return missing.size === 0;
    });
    const found = new Map(persons?.map((one) => [one.personId, one]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async #person(id: string): Promise<Person | null> {
    const reading = await this.#reader.get(path`/api/persons/${encodeSegment(id)}`, team);
    if (reading === null) return null;
    const row = this.#reader.object(reading, reading.json, personRow, 'person');
    if (String(row.id) !== id) throw this.#reader.unreadable(reading);
    return toPerson(row, reading);
  }

  #personList(): PagedRead<Person> {
    return {
      page: (offset, limit) =>
        this.#list(addQuery(path`/api/persons`, { limit, offset }), team, (reading) =>
          this.#reader
            .objects(reading, reading.json, personRow, 'person')
            .map((row) => toPerson(row, reading)),
        ),
      idOf: ({ personId }) => personId,
      tooLong: this.#reader.tooLong,
    };
  }

  #streamList({ search, archived, leaders, members }: StreamQuery): PagedRead<Stream> {
    const include = [leaders && 'streamLeaders', members && 'streamMembers'].filter(Boolean);
    const query = {
      ...(search == null ? {} : { search }),
      ...(archived == null ? {} : { is_archived: String(archived) }),
      ...(include.length === 0 ? {} : { include: include.join(',') }),
    };
    return {
      page: (offset, limit) =>
        // The vendor's page "List streams" names no permission.
        this.#list(addQuery(path`/api/streams`, { limit, offset, ...query }), {}, (reading) =>
          this.#streams(reading),
        ),
      idOf: ({ streamId }) => streamId,
      tooLong: this.#reader.tooLong,
    };
  }

  /** A page of a list that every company has. */
  async #list<Item>(
    list: VendorPath,
    options: ReadOptions<'WETHOD'>,
    read: (reading: Read) => readonly Item[],
  ): Promise<Page<Item>> {
    return { items: read(await this.#reader.list(list, options)), total: null };
  }

  /** A page of a list that belongs to something; null where that is not there. */
  async #page<Item>(
    list: VendorPath,
    options: ReadOptions<'WETHOD'>,
    read: (reading: Read) => readonly Item[],
  ): Promise<Page<Item> | null> {
    const reading = await this.#reader.get(list, options);
    return reading === null ? null : { items: read(reading), total: null };
  }

  #streams(reading: Read): Stream[] {
    const rows = this.#reader.objects(reading, reading.json, streamRow, 'stream');
    return rows.map((row, index) => {
      const streamId = String(row.id);
      const raw = asObject((reading.json as readonly unknown[])[index]);
      const [leaders, members] = [raw?.['stream_leaders'], raw?.['stream_members']];
      return {
        tenant: getCompany(reading),
        streamId,
        details: toStreamDetails(row, reading),
        // Where the vendor leaves them out, they are asked for by themselves.
        ...(leaders != null && {
          leaders: this.#leaders(reading, leaders, streamId).filter(({ isLive }) => isLive),
        }),
        ...(members != null && { members: this.#members(reading, members, streamId) }),
      };
    });
  }

  #leaders(reading: Read, json: unknown, streamId: string) {
    return this.#reader.objects(reading, json, streamLeaderLink, 'stream leader').map((link) => {
      // Another stream's link proves nothing of this one.
      if (String(link.stream_id) !== streamId) throw this.#reader.unreadable(reading);
      return { ...toLeadership(link, reading), isLive: isLive(link, reading.answer) };
    });
  }

  #members(reading: Read, json: unknown, streamId: string): StreamMembership[] {
    return this.#reader.objects(reading, json, streamMemberLink, 'stream member').map((link) => {
      if (String(link.stream_id) !== streamId) throw this.#reader.unreadable(reading);
      return toMembership(link, reading);
    });
  }
}
