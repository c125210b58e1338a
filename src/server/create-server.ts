/**
 * `createServer` of `node:http`. An import would read all names of that module, and with `WebSocket` load a second
 * undici: a tenth of the start.
 */
export const { createServer } = process.getBuiltinModule('node:http');
