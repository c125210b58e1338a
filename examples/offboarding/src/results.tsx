import { useEffect, useRef, useState } from 'preact/hooks';
import { Confirmation } from './confirmation.tsx';
import { isUnderWay, rowsOf, type Sections, tickedOf } from './model.ts';
import { Progress } from './progress.tsx';
import { SystemSection } from './system-section.tsx';
import { systems } from './systems.ts';
import type { Offboarding } from './use-offboarding.ts';
import { formatMembershipCount } from './words.ts';

/** Shows all memberships that were found, and a button that removes the ticked ones. */
export function Results(props: {
  readonly email: string;
  readonly sections: Sections;
  readonly offboarding: Offboarding;
}) {
  const { email, sections, offboarding } = props;
  const [isAsking, setAsking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { run } = offboarding.state;
  const rows = rowsOf(sections);
  const ticked = tickedOf(sections);
  const missing = systems
    .filter(({ key }) => sections[key].problem !== null || sections[key].notes.length > 0)
    .map(({ title }) => title);
  const isBusy = rows.some(isUnderWay);
  return (
    <>
      <h2
        class="found"
        ref={heading}
        tabIndex={-1}
        aria-describedby={missing.length > 0 ? 'missing' : undefined}
      >
        Found {formatMembershipCount(rows.length)} of <span class="email">{email}</span>
      </h2>
      {missing.length > 0 && (
        <p id="missing">
          <strong>The list may be incomplete:</strong> {missing.join(' and ')} could not be read in
          full.
        </p>
      )}
      {run !== null && <Progress run={run} rows={rows} />}
      {systems.map((system) => (
        <SystemSection
          key={system.key}
          system={system}
          section={sections[system.key]}
          offboarding={offboarding}
        />
      ))}
      <div class="bar">
        <span>{ticked.length} ticked</span>
        <button
          type="button"
          class="danger"
          disabled={ticked.length === 0 || isBusy}
          onClick={() => setAsking(true)}
        >
          Remove {ticked.length === 0 ? '' : formatMembershipCount(ticked.length)} …
        </button>
      </div>
      {isAsking && (
        <Confirmation
          email={email}
          rows={ticked}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void offboarding.removeTicked();
          }}
        />
      )}
    </>
  );
}
