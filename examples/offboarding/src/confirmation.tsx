import { useEffect, useRef } from 'preact/hooks';
import type { Row } from './model.ts';
import { describeEnd, formatMembershipCount, getTitle } from './words.ts';

/** Asks for confirmation, and lists everything that will be done. */
export function Confirmation(props: {
  readonly email: string;
  readonly rows: readonly Row[];
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}) {
  const { email, rows, onCancel, onConfirm } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="confirm" onClose={onCancel}>
      <h2 id="confirm">Remove {formatMembershipCount(rows.length)}?</h2>
      <p>
        <strong>{email}</strong>
      </p>
      <ul>
        {rows.map((row) => (
          <li key={row.key}>
            <span class="quiet">{getTitle(row)}:</span> {describeEnd(row)}
          </li>
        ))}
      </ul>
      <p class="quiet">You cannot undo this here.</p>
      <div class="actions">
        <button type="button" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="button" class="danger" onClick={onConfirm}>
          Remove {formatMembershipCount(rows.length)}
        </button>
      </div>
    </dialog>
  );
}
