import type { Change } from '../changes.ts';
import { createIntermediaryAnswer } from './intermediaries.ts';
import { createTrueAnswer, type ListForm } from './lists.ts';
import { getMeaning, type Meaning } from './meaning.ts';
import { type Encoded, encode, garbage, type Message, type Shape } from './message.ts';
import type { Plan, ReadLine, Say, WriteLine } from './plan.ts';
import { createProperAnswer, createVendorWords, readWords } from './words.ts';

/** One write as it was answered. */
export interface SeenWrite {
  readonly said: string;
  /** What the answer means as it arrived. */
  readonly arrived: Meaning;
  /** What it means as it was sent, before it was cut or garbled. */
  readonly sent: Meaning;
  /** Whether it was made by now. */
  isMade: boolean;
}

/** One read as it was answered. */
export interface SeenRead {
  readonly said: string;
  /** Whether it was answered truthfully and in full. */
  readonly isTrue: boolean;
  /** Whether it is also in a form that a client must be able to read. */
  readonly isReadable: boolean;
  /** Whether the answer is the vendor's own "not found". */
  readonly isAbsence: boolean;
  /** Whether the requested state held. */
  readonly isInPlace: boolean;
  /** How many writes had arrived before it. */
  readonly writes: number;
}

const plainShape: Shape = {
  interim: [],
  coding: 'identity',
  framing: 'length',
  cut: null,
  isKept: true,
  pieces: 1,
};
const plainForm: ListForm = {
  removedAt: '2026-01-02T10:03:54.905Z',
  hasTextIds: false,
  isArchived: false,
  isUnknownUser: false,
};

/** One run of a plan: the true state at the vendor, and every call with its answer. */
export class WireCase {
  readonly #change: Change;
  readonly #plan: Plan;
  #isMember: boolean;
  readonly #late: Promise<void>[] = [];
  /** The writes that arrived. */
  readonly writes: SeenWrite[] = [];
  /** The reads that arrived. */
  readonly reads: SeenRead[] = [];
  /** Whether the requested state has held at any time since the first write arrived. */
  hasHeld = false;
  /** How many calls hang: the answer stops, and the connection stays open. */
  hangs = 0;

  constructor(change: Change, plan: Plan) {
    this.#change = change;
    this.#plan = plan;
    this.#isMember = plan.isMember;
  }

  /** Waits until the changes that the vendor makes late are made. */
  async settled(): Promise<void> {
    await Promise.all(this.#late);
  }

  /** One readable line for each call. */
  get story(): string {
    const writes = this.writes.map(
      ({ said, arrived, isMade }) => `  write: ${said} => ${arrived.kind}${isMade ? ', made' : ''}`,
    );
    const reads = this.reads.map(({ said, isReadable, isInPlace }) => {
      const shown = isInPlace ? 'in place' : 'not in place';
      return `  read: ${said} => ${isReadable ? shown : 'unreadable'}`;
    });
    return [...writes, ...reads].join('\n');
  }

  /** Answers one call. */
  answer(method: string, path: string): { readonly encoded: Encoded; readonly pieces: number } {
    const answer = method === 'GET' ? this.#read(path) : this.#write();
    if (answer.encoded.ending === 'hang') this.hangs += 1;
    return answer;
  }

  get #wanted(): boolean {
    return this.#change.name === 'attachStreamLeader';
  }

  #set(isMember: boolean): void {
    this.#isMember = isMember;
    if (isMember === this.#wanted) this.hasHeld = true;
  }

  #write() {
    const line = this.#plan.writes[this.writes.length] ?? {
      say: { kind: 'proper' },
      shape: plainShape,
      commit: 'before',
      afterMs: 0,
    };
    const { say, shape } = line;
    const proper = createProperAnswer(this.#change, this.#isMember);
    const message = this.#message(say, proper, createVendorWords(this.#change));
    const encoded = message === null ? createGarbage(say) : encode(message, shape);
    const arrived = this.#meaning(message, encoded);
    const whole = { arrival: 'whole', text: message?.body ?? null } as const;
    const sent = message === null ? arrived : this.#meaning(message, whole);
    // The vendor is honest: its answer is true as it was sent, and as it arrived.
    const commits = sent.commits.filter((one) => arrived.commits.includes(one));
    const possible = commits.length > 0 ? commits : sent.commits;
    const commit = possible.includes(line.commit) ? line.commit : possible[0];
    const write: SeenWrite = { said: sayText(message, line), arrived, sent, isMade: false };
    this.writes.push(write);
    this.#set(this.#isMember);
    const make = () => {
      // The removal of what is not there changes nothing.
      write.isMade = this.#wanted || this.#isMember;
      this.#set(this.#wanted);
    };
    if (commit === 'before') make();
    if (commit === 'after') this.#late.push(runLater(make, line.afterMs));
    return { encoded, pieces: shape.pieces };
  }

  #read(path: string) {
    const line = this.#plan.reads[this.reads.length] ?? {
      say: { kind: 'proper' },
      shape: plainShape,
      form: plainForm,
    };
    const { say, shape, form } = line;
    const truth = createTrueAnswer(this.#change, path, this.#isMember, form);
    const message = this.#message(say, truth, readWords(this.#change));
    const encoded = message === null ? createGarbage(say) : encode(message, shape);
    const isTrue = say.kind === 'proper' && encoded.arrival === 'whole';
    const isDatable = this.#change.vendor !== 'WETHOD' || form.removedAt !== 'yesterday';
    this.reads.push({
      said: sayText(message, line),
      isTrue,
      isReadable: isTrue && encoded.text === message?.body && isDatable,
      isAbsence: isAbsence(message, this.#meaning(message, encoded)),
      isInPlace: this.#isMember === this.#wanted,
      writes: this.writes.length,
    });
    return { encoded, pieces: shape.pieces };
  }

  #message(say: Say, proper: Message, words: readonly Message[]): Message | null {
    switch (say.kind) {
      case 'proper':
        return proper;
      case 'own':
        return words[say.index % words.length] ?? proper;
      case 'intermediary':
        return createIntermediaryAnswer(say.name, say.status);
      case 'garbage':
        return null;
    }
  }

  #meaning(message: Message | null, { arrival, text }: Pick<Encoded, 'arrival' | 'text'>): Meaning {
    const { status, headers } = message ?? { status: 0, headers: {} };
    return getMeaning(this.#change, { arrival, status, headers, text });
  }
}

/** Returns whether the vendor itself says that nothing is there: Rocket.Chat uses 404 for that in reads only. */
function isAbsence(message: Message | null, { kind, errors }: Meaning): boolean {
  const isOwn404 = message?.status === 404 && kind === 'refused';
  return errors.includes('NotFoundError') || (isOwn404 && message.body.includes('"success":false'));
}

function createGarbage(say: Say): Encoded {
  const encoded = say.kind === 'garbage' ? garbage[say.index % garbage.length] : undefined;
  if (encoded === undefined) throw new Error('no such garbage');
  return encoded;
}

function runLater(make: () => void, ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      make();
      resolve();
    }, ms);
  });
}

/** Returns an answer as readable text. */
function sayText(message: Message | null, { say, shape }: WriteLine | ReadLine): string {
  if (message === null)
    return `garbage ${JSON.stringify(createGarbage(say).bytes.toString('latin1'))}`;
  const { interim, coding, framing, cut } = shape;
  const more = [
    ...interim,
    coding === 'identity' ? '' : coding,
    framing === 'length' ? '' : framing,
    cut === null ? '' : `cut at ${cut.at.toFixed(2)} by ${cut.how}`,
  ].filter(Boolean);
  const { status, headers, body } = message;
  const said = say.kind === 'intermediary' ? say.name : body.slice(0, 200);
  return `${say.kind} ${status} ${headers['content-type'] ?? ''} ${said} ${more.join(' ')}`.trim();
}
