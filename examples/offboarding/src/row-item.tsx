import { useRef } from 'preact/hooks';
import type { Row, RowState } from './model.ts';
import { RetryButton } from './retry-button.tsx';
import type { Offboarding } from './use-offboarding.ts';
import { stateNames } from './words.ts';

/** Shows a membership: a checkbox, and later its result. */
export function RowItem(props: { readonly row: Row; readonly offboarding: Offboarding }) {
  const { row, offboarding } = props;
  const { state, name, who, end } = row;
  const item = useRef<HTMLLIElement>(null);
  // The button goes away with what it was for, and the focus would be lost with it.
  const from = (act: () => void) => () => {
    item.current?.focus();
    act();
  };
  const label = (
    <span class="what">
      <span class="name">{name}</span>
      <span class="who">{end.mutation === 'leaveGroup' ? `${who}, you` : who}</span>
    </span>
  );
  if (state.is === 'there') {
    return (
      <li class="row" ref={item} tabIndex={-1}>
        <label>
          <input
            type="checkbox"
            checked={state.isTicked}
            onChange={(event) => offboarding.tick([row.key], event.currentTarget.checked)}
          />
          {label}
        </label>
        {state.note !== null && <p class="note">{state.note}</p>}
      </li>
    );
  }
  return (
    <li class={`row ${state.is}`} ref={item} tabIndex={-1}>
      <div class="line">
        <Mark is={state.is} />
        {label}
        <strong class="state">{stateNames[state.is]}</strong>
      </div>
      {'text' in state && <p class="reason">{state.text}</p>}
      {(state.is === 'refused' || state.is === 'unknown') && (
        <div class="actions">
          {state.is === 'unknown' && (
            <button
              type="button"
              class="small"
              aria-label={`Look again: ${name}`}
              onClick={from(() => void offboarding.lookAgain(row))}
            >
              Look again
            </button>
          )}
          {state.retry !== null && (
            <RetryButton
              retry={state.retry}
              about={name}
              onRetry={from(() => void offboarding.tryAgain(row))}
            />
          )}
        </div>
      )}
    </li>
  );
}

const symbols: Partial<Record<RowState['is'], string>> = {
  waiting: '·',
  removed: '✓',
  refused: '✕',
  unknown: '?',
};

/** Shows the symbol of a state. */
function Mark({ is }: { readonly is: RowState['is'] }) {
  const symbol = symbols[is];
  return (
    <span class={symbol === undefined ? 'symbol busy' : 'symbol'} aria-hidden="true">
      {symbol}
    </span>
  );
}
