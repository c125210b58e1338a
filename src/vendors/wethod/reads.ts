import DataLoader from 'dataloader';
import { type EmailAddress, isSameAddress } from '../../domain/email-address.ts';
import type { Listing } from '../../domain/entities.ts';
import { encodeSegment, path } from '../../upstream/path.ts';
import { numericIdRule, searchTextRule } from '../core/input.ts';
import { readListPart } from '../core/list-part.ts';
import { createOffsetList } from '../core/offset-list.ts';
import { type BoundedList, readAllPages } from '../core/pagination.ts';
import type { VendorReader } from '../core/reader.ts';
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
  async getTenant(): Promise<string> {
    return getCompany({ credentials: await this.#reader.getCredentials() });
  }

  /** Returns a stream's id in its normal form. @throws {ReadError} if it is malformed */
  checkId(id: string): string {
    return this.#reader.check({ id }, { id: numericIdRule }).id;
  }

  /** Reads one stream: `GET /api/streams/{id}`. */
  async readStream(streamId: string): Promise<StreamDetails | null> {
    const reading = await this.#reader.get(path`/api/streams/${encodeSegment(streamId)}`, company);
    if (reading === null) return null;
    const row = this.#reader.decode(reading, reading.json, streamObject, 'stream');
    if (String(row.id) !== streamId) throw this.#reader.createUnreadableError(reading);
    return toStreamDetails(row, reading);
  }

  /** Reads a part of the streams: `GET /api/streams`. */
  listStreams(query: StreamQuery, offset: number, first: number): Promise<Listing<Stream> | null> {
    if (query.search != null)
      this.#reader.check({ search: query.search }, { search: searchTextRule });
    return readListPart(this.#createStreamList(query), offset, first);
  }

  /** Reads the leaders of a stream: `GET /api/streams/{stream_id}/leaders`. */
  async listLeaders(streamId: string): Promise<readonly StreamLeadership[] | null> {
    // Deleted links too: they count for the offset of the next page.
    const links = await readAllPages(
      createOffsetList(this.#reader, {
        path: path`/api/streams/${encodeSegment(streamId)}/leaders`,
        options: company,
        isOptional: true,
        decode: (reading) => decodeLeaders(this.#reader, reading, reading.json, streamId),
        getId: ({ leadershipId }) => leadershipId,
      }),
    );
    return links?.filter((link) => link.isLive) ?? null;
  }

  /** Reads the people who work in a stream: `GET /api/streams/{stream_id}/members`. */
  listMembers(streamId: string): Promise<readonly StreamMembership[] | null> {
    return readAllPages(
      createOffsetList(this.#reader, {
        path: path`/api/streams/${encodeSegment(streamId)}/members`,
        options: company,
        isOptional: true,
        decode: (reading) => decodeMembers(this.#reader, reading, reading.json, streamId),
        getId: ({ membershipId }) => membershipId,
      }),
    );
  }

  /** Reads one person: `GET /api/persons/{id}`, or `GET /api/persons` for all that are requested together. */
  readPerson(personId: string): Promise<Person | null> {
    return this.#persons.load(personId);
  }

  /** Reads the streams that a person leads now: `GET /api/persons`, then `GET /api/streams`. */
  async listLedStreams(email: EmailAddress): Promise<readonly LedStream[]> {
    const persons = (await readAllPages(this.#createPersonList())) ?? [];
    const found = persons.filter((one) => isSameAddress(one.email, email));
    if (found.length === 0) return [];
    const byId = new Map(found.map((one) => [one.personId, one]));
    const streams = (await readAllPages(this.#createStreamList({ leaders: true }))) ?? [];
    const led = streams.map(async (stream) => {
      const leaders = stream.leaders ?? (await this.listLeaders(stream.streamId)) ?? [];
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
      const reads = await Promise.allSettled(ids.map((id) => this.#readSinglePerson(id)));
      return reads.map((read) => (read.status === 'fulfilled' ? read.value : read.reason));
    }
    const missing = new Set(ids);
    const persons = await readAllPages(this.#createPersonList(), (page) => {
      for (const { personId } of page) missing.delete(personId);
      return missing.size === 0;
    });
    const found = new Map(persons?.map((one) => [one.personId, one]));
    return ids.map((id) => found.get(id) ?? null);
  }

  async #readSinglePerson(id: string): Promise<Person | null> {
    const reading = await this.#reader.get(path`/api/persons/${encodeSegment(id)}`, team);
    if (reading === null) return null;
    const row = this.#reader.decode(reading, reading.json, personObject, 'person');
    if (String(row.id) !== id) throw this.#reader.createUnreadableError(reading);
    return toPerson(row, reading);
  }

  #createPersonList(): BoundedList<Person> {
    return createOffsetList(this.#reader, {
      path: path`/api/persons`,
      options: team,
      decode: (reading) =>
        this.#reader
          .decodeAll(reading, reading.json, personObject, 'person')
          .map((row) => toPerson(row, reading)),
      getId: ({ personId }) => personId,
    });
  }

  #createStreamList({ search, archived, leaders, members }: StreamQuery): BoundedList<Stream> {
    const include = [leaders && 'streamLeaders', members && 'streamMembers'].filter(Boolean);
    // The vendor's page "List streams" names no permission.
    return createOffsetList(this.#reader, {
      path: path`/api/streams`,
      query: {
        ...(search == null ? {} : { search }),
        ...(archived == null ? {} : { is_archived: String(archived) }),
        ...(include.length === 0 ? {} : { include: include.join(',') }),
      },
      decode: (reading) => decodeStreams(this.#reader, reading),
      getId: ({ streamId }) => streamId,
    });
  }
}
