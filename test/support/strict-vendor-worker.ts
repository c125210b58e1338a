import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';

/** A vendor on an event loop of its own, which stamps the arrival of each head in ms. */
const arrivals: number[] = [];
const { status, answerMs } = workerData as { status: number; answerMs: number };
const server = createServer((_request, response) => {
  arrivals.push(performance.now());
  setTimeout(() => response.writeHead(status).end(), answerMs);
});
server.listen(0, '127.0.0.1', () => {
  parentPort?.postMessage((server.address() as AddressInfo).port);
});
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
parentPort?.on('message', () => parentPort?.postMessage([arrivals, delay.max / 1e6]));
