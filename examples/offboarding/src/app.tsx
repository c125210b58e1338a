import type { Gateway } from 'membership-gateway-client';
import { useEffect, useState } from 'preact/hooks';
import { credentialsOf, type Entered, nothingEntered, sandboxCredentials } from './credentials.ts';
import { CredentialsPanel } from './credentials-panel.tsx';
import { isUnderWay, rowsOf } from './model.ts';
import { Results } from './results.tsx';
import { RetryButton } from './retry-button.tsx';
import { useOffboarding } from './use-offboarding.ts';

/** Shows the page. */
export function App() {
  const [entered, setEntered] = useState<Entered>(nothingEntered);
  const [isSandbox, setSandbox] = useState(false);
  const [email, setEmail] = useState('');
  useEffect(() => {
    void sandboxCredentials().then((found) => {
      if (found === null) return;
      setEntered(found);
      setSandbox(true);
    });
  }, []);
  const gateway: Gateway = { endpoint: '/graphql', credentials: credentialsOf(entered) };
  const offboarding = useOffboarding(gateway);
  const { state, announcement } = offboarding;
  const isBusy = state.sections !== null && rowsOf(state.sections).some(isUnderWay);
  useWarning(isBusy);
  const mayLookUp = !state.isLookingUp && !isBusy;
  const lookUp = () => void offboarding.lookUp(email.trim());
  return (
    <>
      <header>
        <h1>Offboarding</h1>
        <p>
          A person leaves: see where they are a member, and end their memberships in all four
          systems.
        </p>
      </header>
      <main>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (mayLookUp) lookUp();
          }}
        >
          <label for="email">E-mail address</label>
          <div class="ask">
            <input
              id="email"
              type="email"
              required
              autocomplete="off"
              value={email}
              aria-describedby={isSandbox ? 'try' : undefined}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
            <button type="submit" class="primary" aria-disabled={!mayLookUp}>
              {state.isLookingUp ? 'Looking …' : 'Look up'}
            </button>
          </div>
          {isSandbox && (
            <p id="try" class="quiet">
              In the sandbox try maria.lindholm@example.com, or pavel.orlov@example.com, who is the
              caller.
            </p>
          )}
        </form>
        <CredentialsPanel entered={entered} isSandbox={isSandbox} onChange={setEntered} />
        {state.problem !== null && (
          <div class="problem" role="alert">
            <p>{state.problem.text}</p>
            {state.problem.retry !== null && (
              <RetryButton retry={state.problem.retry} about="the look-up" onRetry={lookUp} />
            )}
          </div>
        )}
        {state.email !== null && state.sections !== null && (
          <Results
            key={state.lookUps}
            email={state.email}
            sections={state.sections}
            offboarding={offboarding}
          />
        )}
      </main>
      <p class="hidden" role="status" aria-live="polite">
        {state.isLookingUp ? 'Looking up …' : announcement}
      </p>
    </>
  );
}

/** Makes the browser ask before the page is closed during a change. */
function useWarning(isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isBusy]);
}
