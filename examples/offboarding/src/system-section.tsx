import { useRef } from 'preact/hooks';
import type { Section } from './model.ts';
import { RetryButton } from './retry-button.tsx';
import { RowItem } from './row-item.tsx';
import type { System } from './systems.ts';
import type { Offboarding } from './use-offboarding.ts';

/** Shows the memberships in one system, or why they cannot be shown. */
export function SystemSection(props: {
  readonly system: System;
  readonly section: Section;
  readonly offboarding: Offboarding;
}) {
  const { system, section, offboarding } = props;
  const { title, what } = system;
  const { problem, notes, rows, isReading } = section;
  const box = useRef<HTMLFieldSetElement>(null);
  const open = rows.filter(({ state }) => state.is === 'there');
  const isAllTicked = open.every(({ state }) => state.is === 'there' && state.isTicked);
  const readAgain = () => {
    box.current?.focus();
    void offboarding.readAgain(system);
  };
  return (
    <fieldset class="system" ref={box} tabIndex={-1} aria-busy={isReading}>
      <legend>
        {title} <span class="quiet">{what}</span>
      </legend>
      {open.length > 1 && (
        <button
          type="button"
          class="small all"
          onClick={() =>
            offboarding.tick(
              open.map(({ key }) => key),
              !isAllTicked,
            )
          }
        >
          {isAllTicked ? 'Untick' : 'Tick'} all {open.length}
          <span class="hidden"> of {title}</span>
        </button>
      )}
      {isReading && <p class="quiet">Reading …</p>}
      {!isReading && problem !== null && (
        <div class="problem">
          <p>
            <strong>Could not be read.</strong> {problem.text}
          </p>
          {problem.retry !== null && (
            <RetryButton retry={problem.retry} about={title} onRetry={readAgain} />
          )}
        </div>
      )}
      {notes.map((note) => (
        <p class="problem" key={note}>
          <strong>Not all can be shown.</strong> {note}
        </p>
      ))}
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <RowItem key={row.key} row={row} offboarding={offboarding} />
          ))}
        </ul>
      )}
      {!isReading && problem === null && notes.length === 0 && rows.length === 0 && (
        <p class="quiet">No memberships here.</p>
      )}
    </fieldset>
  );
}
