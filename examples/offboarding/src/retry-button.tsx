import { useEffect, useState } from 'preact/hooks';
import type { Retry } from './model.ts';
import { formatTime } from './words.ts';

/** Shows a button that makes the same call again. It is disabled until that may succeed, and shows when. */
export function RetryButton(props: {
  readonly retry: Retry;
  readonly about: string;
  readonly onRetry: () => void;
}) {
  const { retry, about, onRetry } = props;
  const seconds = useSecondsUntil(retry.from);
  const isEarly = seconds > 0;
  return (
    <span class="retry">
      <button
        type="button"
        class="small"
        aria-disabled={isEarly}
        aria-label={`Try again: ${about}${isEarly ? `, from ${formatTime(retry.from ?? 0)} on` : ''}`}
        onClick={() => !isEarly && onRetry()}
      >
        Try again
      </button>
      {isEarly && retry.from !== null && (
        <span class="when" aria-hidden="true">
          in {seconds} s, at {formatTime(retry.from)}
        </span>
      )}
    </span>
  );
}

function useSecondsUntil(from: number | null): number {
  const left = () => (from === null ? 0 : Math.max(0, Math.ceil((from - Date.now()) / 1_000)));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    setSeconds(left());
    if (left() === 0) return;
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [from]);
  return seconds;
}
