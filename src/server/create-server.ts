/**
 * `createServer` of `node:http`. An import of it would read all names of that module, and with its WebSocket
 * load a second undici: a tenth of a start.
 */
export const { createServer } = process.getBuiltinModule('node:http');
