import { useEffect, useRef } from 'preact/hooks';
import { isSettled, type Row, type Run } from './model.ts';
import { formatMembershipCount } from './words.ts';

/** Shows the progress of the removal, and how it ended. */
export function Progress(props: { readonly run: Run; readonly rows: readonly Row[] }) {
  const { run, rows } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // The dialog that began it is gone, and the focus with it.
  useEffect(() => heading.current?.focus(), [run]);
  const own = rows.filter(({ key }) => run.keys.includes(key));
  const count = (is: string) => own.filter(({ state }) => state.is === is).length;
  const done = own.filter(({ state }) => isSettled(state) || state.is === 'there').length;
  const total = run.keys.length;
  const isOver = done === total;
  const parts = [
    `${count('removed')} removed`,
    `${count('refused')} rejected`,
    `${count('unknown')} not known`,
  ];
  return (
    <section class="progress" aria-labelledby="progress">
      <h2 id="progress" ref={heading} tabIndex={-1}>
        {isOver ? 'Finished' : `Removing ${formatMembershipCount(total)}`}
      </h2>
      <progress max={total} value={done} aria-labelledby="progress" />
      <p>
        {done} of {total} done: {parts.join(', ')}
      </p>
      {isOver && count('unknown') > 0 && (
        <p>
          <strong>Some results are not known.</strong> Look again before you remove anything a
          second time.
        </p>
      )}
    </section>
  );
}
