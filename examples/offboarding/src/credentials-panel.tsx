import { useId, useState } from 'preact/hooks';
import type { Entered } from './credentials.ts';

type Field = readonly [name: keyof Entered, label: string, isSecret: boolean];

const groups: readonly { readonly title: string; readonly fields: readonly Field[] }[] = [
  {
    title: 'Wethod',
    fields: [
      ['wethodToken', 'Token', true],
      ['wethodCompany', 'Company', false],
    ],
  },
  { title: 'Kaiten', fields: [['kaitenToken', 'Token', true]] },
  { title: 'Aerospike Cloud', fields: [['aerospikeToken', 'Access token', true]] },
  {
    title: 'Rocket.Chat',
    fields: [
      ['rocketchatToken', 'Token', true],
      ['rocketchatUserId', 'User ID', false],
    ],
  },
];

/** The form for the caller's own credentials, which are not stored anywhere. */
export function CredentialsPanel(props: {
  readonly entered: Entered;
  readonly isSandbox: boolean;
  readonly onChange: (entered: Entered) => void;
}) {
  const { entered, isSandbox, onChange } = props;
  const [isShown, setShown] = useState(false);
  return (
    <details class="credentials">
      <summary>Your credentials</summary>
      <p class="quiet">
        They go to the gateway with each request, and from there each to its own system. This page
        forgets them when it is closed.
        {isSandbox &&
          ' These are the sandbox’s: another ending, such as sandbox-down, picks what the system does.'}
      </p>
      <div class="groups">
        {groups.map(({ title, fields }) => (
          <fieldset key={title}>
            <legend>{title}</legend>
            {fields.map(([name, label, isSecret]) => (
              <Entry
                key={name}
                label={label}
                isHidden={isSecret && !isShown}
                value={entered[name]}
                onChange={(value) => onChange({ ...entered, [name]: value })}
              />
            ))}
          </fieldset>
        ))}
      </div>
      <label class="shown">
        <input
          type="checkbox"
          checked={isShown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
        Show the tokens
      </label>
    </details>
  );
}

/** One field for a credential. */
function Entry(props: {
  readonly label: string;
  readonly isHidden: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { label, isHidden, value, onChange } = props;
  const id = useId();
  const shared = {
    id,
    autocomplete: 'off',
    spellcheck: false,
    value,
    onInput: (event: InputEvent) => onChange((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class="entry">
      <label for={id}>{label}</label>
      {isHidden ? <input type="password" {...shared} /> : <input type="text" {...shared} />}
    </div>
  );
}
