import { type Gateway, GatewayError } from 'membership-gateway-client';
import { useReducer, useState } from 'preact/hooks';
import { lookAgain, lookUp, problemOf } from './look.ts';
import { isSettled, type Row, type RowState, tickedOf } from './model.ts';
import { remove, removeAll } from './remove.ts';
import { beginning, reduce } from './state.ts';
import { type System, systems } from './systems.ts';
import { describeState, formatTime } from './words.ts';

/** Returns the page's state, and the functions that change it. */
export function useOffboarding(gateway: Gateway) {
  const [state, dispatch] = useReducer(reduce, beginning);
  const [announcement, announce] = useState('');

  const report = (row: Row, next: RowState) => {
    dispatch({ type: 'row', row, state: next });
    if (isSettled(next)) announce(describeState(row, next));
  };

  return {
    state,
    announcement,

    tick: (keys: readonly string[], isTicked: boolean) =>
      dispatch({ type: 'tick', keys, isTicked }),

    async lookUp(email: string): Promise<void> {
      dispatch({ type: 'look up' });
      try {
        const sections = await lookUp(gateway, email);
        dispatch({ type: 'found', email, sections });
      } catch (error) {
        dispatch({ type: 'not found', problem: problemOf(known(error)) });
      }
    },

    async readAgain(system: System): Promise<void> {
      if (state.email === null) return;
      const { key, title } = system;
      dispatch({ type: 'section', system: key, section: { isReading: true } });
      try {
        const section = await lookAgain(gateway, state.email, system);
        dispatch({ type: 'section', system: key, section });
        const { problem, rows } = section;
        announce(`${title}: ${problem?.text ?? `${rows.length} found.`}`);
      } catch (error) {
        const problem = problemOf(known(error));
        dispatch({ type: 'section', system: key, section: { isReading: false, problem } });
        announce(`${title}: ${problem.text}`);
      }
    },

    async removeTicked(): Promise<void> {
      if (state.sections === null) return;
      const rows = tickedOf(state.sections);
      dispatch({ type: 'run', run: { keys: rows.map(({ key }) => key) } });
      await removeAll(gateway, rows, report);
    },

    async tryAgain(row: Row): Promise<void> {
      report(row, { is: 'removing' });
      report(row, await remove(gateway, row));
    },

    /** Settles what is not known, by a look at the list of its system. */
    async lookAgain(row: Row): Promise<void> {
      const system = systems.find(({ key }) => key === row.system);
      if (state.email === null || system === undefined) return;
      report(row, { is: 'looking' });
      const next = await stateNow(gateway, state.email, system, row);
      report(row, next);
      if (next.is === 'there') announce(`${row.name}: ${next.note}`);
    },
  };
}

/** The page's state, and the functions that change it. */
export type Offboarding = ReturnType<typeof useOffboarding>;

async function stateNow(
  gateway: Gateway,
  email: string,
  system: System,
  row: Row,
): Promise<RowState> {
  const at = `Looked again at ${formatTime(Date.now())}`;
  const stillOpen = (why: string): RowState =>
    row.state.is === 'unknown'
      ? { ...row.state, text: `It is not known whether it was made. ${at}: ${why}` }
      : row.state;
  try {
    const { problem, notes, rows } = await lookAgain(gateway, email, system);
    if (problem !== null) return stillOpen(problem.text);
    if (rows.some(({ key }) => key === row.key)) {
      return { is: 'there', isTicked: false, note: `${at}: it is still there.` };
    }
    // What is missing may be among what cannot be shown.
    if (notes[0] !== undefined) return stillOpen(notes[0]);
    return { is: 'removed', text: `${at}: it is no longer there.` };
  } catch (error) {
    return stillOpen(problemOf(known(error)).text);
  }
}

/** Returns an error of the client, which rejects with no other. @throws any other value, a fault of this page */
function known(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw error;
}
