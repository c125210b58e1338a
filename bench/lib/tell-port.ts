/** Loaded before the gateway (`--import`): tells the port where it listens, for one that has no log to do so. */
import { subscribe } from 'node:diagnostics_channel';
import type { AddressInfo, Server } from 'node:net';

subscribe('tracing:net.server.listen:asyncEnd', (message) => {
  const { server } = message as { readonly server: Server };
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
