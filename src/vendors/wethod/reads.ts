import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress } from '../../domain/email-address.ts';
import type { Listing } from '../../domain/entities.ts';
import { addQuery, encodeSegment, path, type VendorPath } from '../../upstream/path.ts';
import { numericIdRule, searchTextRule } from '../core/input.ts';
import { type BoundedList, type Page, readAllPages, readPage } from '../core/pagination.ts';
import type { Reading, ReadOptions, VendorReader } from '../core/reader.ts';
import { person as personObject, stream as streamObject } from './decode.ts';
import type {
  Person,
  Stream,
  StreamDetails,
  StreamLeadership,
  StreamMembership,
} from './entities.ts';
import { getCompany, toPerson, toStreamDetails } from './map.ts';
import { decodeLeaders, decodeMembers, decodeStreams } from './rows.ts';

/** A query for streams. */
export interface StreamQuery {
  readonly search?: string | null | undefined;
  /** True for archived streams only, false for the others only. */
  readonly archived?: boolean | null | undefined;
  /** Whether the same call returns the leaders. */
  readonly leaders?: boolean;
  /** Whether the same call returns the members. */
  readonly members?: boolean;
}

/** A stream that a person leads. */
export interface LedStream {
  readonly stream: Stream;
  readonly leadership: StreamLeadership;
  readonly person: Person;
}

/** The most persons that a query reads one by one; for more it walks through the list, with one call per 100 persons. */
const maxSingleReads = 2;

const company = { permission: 'settings.company' };
const team = { permission: 'settings.team' };

/** Reads Wethod's streams and persons. */
export class WethodReads {
  readonly #reader: VendorReader<'WETHOD'>;
  readonly #persons: DataLoader<string, Person | null>;
  #requestedPersons = 0;

  constructor(reader: VendorReader<'WETHOD'>) {
    this.#reader = reader;
    this.#persons = new DataLoader((ids) => this.#findPersons(ids));
  }

  /** Returns the company that the credentials identify. */
  async tenant(): Promise<string> {
    return getCompany({ credentials: await this.#reader.getCredentials() });
  }

  /** Returns a stream's id in its normal form. @throws {ReadError} if it is malformed */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericIdRule }).id;
  }

  /** Reads one stream: `GET /api/streams/{id}`. */
  async stream(streamId: string): Promise<StreamDetails | null> {
    const reading = await this.#reader.get(path`/api/streams/${encodeSegment(streamId)}`, company);
    if (reading === null) return null;
    const row = this.#reader.decode(reading, reading.json, streamObject, 'stream');
    if (String(row.id) !== streamId) throw this.#reader.createUnreadableError(reading);
    return toStreamDetails(row, reading);
  }

  /** Reads a part of the streams: `GET /api/streams`. */
  streams(query: StreamQuery, offset: number, first: number): Promise<Listing<Stream> | null> {
    if (query.search != null)
      this.#reader.check({ search: query.search }, { search: searchTextRule });
    return readPage(this.#streamList(query), offset, first);
  }

  /** Reads the leaders of a stream: `GET /api/streams/{stream_id}/leaders`. */
  async leaders(streamId: string): Promise<readonly StreamLeadership[] | null> {
    const list = path`/api/streams/${encodeSegment(streamId)}/leaders`;
    // Deleted links too: they count for the offset of the next page.
    const links = await readAllPages({
      readPage: (offset, limit) =>
        this.#readPageOrNull(addQuery(list, { limit, offset }), company, (reading) =>
          decodeLeaders(this.#reader, reading, reading.json, streamId),
        ),
      getId: (link) => link.leadershipId,
      tooLong: this.#reader.tooLong,
    });
    return links?.filter((link) => link.isLive) ?? null;
  }

  /** Reads the people who work in a stream: `GET /api/streams/{stream_id}/members`. */
  async members(streamId: string): Promise<readonly StreamMembership[] | null> {
    const list = path`/api/streams/${encodeSegment(streamId)}/members`;
    return readAllPages({
      readPage: (offset, limit) =>
        this.#readPageOrNull(addQuery(list, { limit, offset }), company, (reading) =>
          decodeMembers(this.#reader, reading, reading.json, streamId),
        ),
      getId: (link) => link.membershipId,
      tooLong: this.#reader.tooLong,
    });
  }

  /** Reads one person: `GET /api/persons/{id}`, or `GET /api/persons` for all that are requested together. */
  person(personId: string): Promise<Person | null> {
    return this.#persons.load(personId);
  }

  /** Reads the streams that a person leads now: `GET /api/persons`, then `GET /api/streams`. */
  async ledBy(email: EmailAddress): Promise<readonly LedStream[]> {
    const persons = (await readAllPages(this.#personList())) ?? [];
    const found = persons.filter((one) => isSameAddress(one.email, email));
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

  async #findPersons(ids: readonly string[]): Promise<(Person | null | Error)[]> {
    this.#requestedPersons += ids.length;
    if (this.#requestedPersons <= maxSingleReads) {
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
    const row = this.#reader.decode(reading, reading.json, personObject, 'person');
    if (String(row.id) !== id) throw this.#reader.createUnreadableError(reading);
    return toPerson(row, reading);
  }

  #personList(): BoundedList<Person> {
    return {
      readPage: (offset, limit) =>
        this.#readPage(addQuery(path`/api/persons`, { limit, offset }), team, (reading) =>
          this.#reader
            .decodeAll(reading, reading.json, personObject, 'person')
            .map((row) => toPerson(row, reading)),
        ),
      getId: ({ personId }) => personId,
      tooLong: this.#reader.tooLong,
    };
  }

  #streamList({ search, archived, leaders, members }: StreamQuery): BoundedList<Stream> {
    const include = [leaders && 'streamLeaders', members && 'streamMembers'].filter(Boolean);
    const query = {
      ...(search == null ? {} : { search }),
      ...(archived == null ? {} : { is_archived: String(archived) }),
      ...(include.length === 0 ? {} : { include: include.join(',') }),
    };
    return {
      readPage: (offset, limit) =>
        // The vendor's page "List streams" names no permission.
        this.#readPage(addQuery(path`/api/streams`, { limit, offset, ...query }), {}, (reading) =>
          decodeStreams(this.#reader, reading),
        ),
      getId: ({ streamId }) => streamId,
      tooLong: this.#reader.tooLong,
    };
  }

  /** Reads a page of a list that always exists. */
  async #readPage<Item>(
    list: VendorPath,
    options: ReadOptions<'WETHOD'>,
    decode: (reading: Reading<'WETHOD'>) => readonly Item[],
  ): Promise<Page<Item>> {
    return { items: decode(await this.#reader.getExisting(list, options)), total: null };
  }

  /** Reads a page of a list that belongs to an object; null if the object does not exist. */
  async #readPageOrNull<Item>(
    list: VendorPath,
    options: ReadOptions<'WETHOD'>,
    decode: (reading: Reading<'WETHOD'>) => readonly Item[],
  ): Promise<Page<Item> | null> {
    const reading = await this.#reader.get(list, options);
    return reading === null ? null : { items: decode(reading), total: null };
  }
}
