import type { Problem, Row, RowState, Run, Section, Sections } from './model.ts';
import type { SystemKey } from './systems.ts';

/** The state of the page. */
export interface State {
  /** Whose memberships are shown; null before anybody was looked up. */
  readonly email: string | null;
  readonly isLookingUp: boolean;
  /** How many times somebody was looked up. */
  readonly lookUps: number;
  /** Why nothing could be looked up. */
  readonly problem: Problem | null;
  readonly sections: Sections | null;
  readonly run: Run | null;
}

/** An event that changes the state. */
export type Action =
  | { readonly type: 'look up' }
  | { readonly type: 'found'; readonly email: string; readonly sections: Sections }
  | { readonly type: 'not found'; readonly problem: Problem }
  | { readonly type: 'tick'; readonly keys: readonly string[]; readonly isTicked: boolean }
  | { readonly type: 'row'; readonly row: Row; readonly state: RowState }
  | { readonly type: 'section'; readonly system: SystemKey; readonly section: Partial<Section> }
  | { readonly type: 'run'; readonly run: Run };

/** The state before the first search. */
export const beginning: State = {
  email: null,
  isLookingUp: false,
  lookUps: 0,
  problem: null,
  sections: null,
  run: null,
};

/** Returns the state after an action. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'look up':
      return { ...beginning, isLookingUp: true, lookUps: state.lookUps + 1 };
    case 'found': {
      const { email, sections } = action;
      return { ...state, isLookingUp: false, email, sections };
    }
    case 'not found':
      return { ...state, isLookingUp: false, problem: action.problem };
    case 'tick': {
      const { isTicked } = action;
      const keys = new Set(action.keys);
      return withRows(state, ({ key, state: old }) =>
        keys.has(key) && old.is === 'there' ? { ...old, isTicked } : old,
      );
    }
    case 'row':
      return withRows(state, (row) => (row.key === action.row.key ? action.state : row.state));
    case 'section': {
      if (state.sections === null) return state;
      const section = { ...state.sections[action.system], ...action.section };
      return { ...state, sections: { ...state.sections, [action.system]: section } };
    }
    case 'run': {
      const keys = new Set(action.run.keys);
      const waiting = withRows(state, (row) => (keys.has(row.key) ? { is: 'waiting' } : row.state));
      return { ...waiting, run: action.run };
    }
  }
}

function withRows(state: State, change: (row: Row) => RowState): State {
  if (state.sections === null) return state;
  const entries = Object.entries(state.sections).map(([key, section]) => [
    key,
    { ...section, rows: section.rows.map((row: Row) => ({ ...row, state: change(row) })) },
  ]);
  return { ...state, sections: Object.fromEntries(entries) };
}
