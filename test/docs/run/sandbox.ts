import { listenAdmin } from '../../../src/admin/server.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { type Listening, listen } from '../../../src/server/listen.ts';
import { createLog } from '../../../src/telemetry/log.ts';

/** A sandbox that pages are run over. */
export interface PageSandbox extends AsyncDisposable {
  /** Puts its addresses in place of those that pages show. */
  addressed(text: string): string;
  /** Puts the seed back. */
  reset(): Promise<void>;
  readonly origin: string;
}

/** Starts one on free ports. */
export async function startPageSandbox(): Promise<PageSandbox> {
  await using stack = new AsyncDisposableStack();
  const log = createLog({ write: () => {} });
  const sandbox = stack.use(await startSandbox({ PORT: '0', ADMIN_PORT: '0' }, log));
  const closing = ({ server }: Listening) => {
    stack.defer(() => {
      server.closeAllConnections();
      server.close();
    });
  };
  const { gateway, config } = sandbox;
  const api = await listen(gateway, config);
  closing(api);
  const admin = await listenAdmin(gateway.probes, config, log);
  if (admin === null) throw new Error('the admin port was not opened');
  closing(admin);
  const rest = stack.move();
  return {
    origin: api.origin,
    addressed: (text) =>
      text
        .replaceAll('http://127.0.0.1:4000', api.origin)
        .replaceAll('http://127.0.0.1:4001', admin.origin),
    reset: async () => {
      const { status } = await fetch(`${api.origin}/sandbox/reset`, { method: 'POST' });
      if (status !== 204) throw new Error(`the sandbox was not reset: ${status}`);
    },
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  };
}
