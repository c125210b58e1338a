import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenTelemetry collector that accepts traces over OTLP and discards them. */
export interface Collector extends AsyncDisposable {
  /** The value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  /** Returns the number of bytes of traces received. */
  bytes(): number;
}

/** Starts a collector on a free loopback port, in the process of the load. */
export async function startCollector(): Promise<Collector> {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    // An answer without a byte is an ExportTraceServiceResponse in which all is well.
    request.on('end', () =>
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: () => bytes,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
