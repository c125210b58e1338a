/**
 * `createServer` of `node:http`. An import would read all names of that module, and with `WebSocket` load a second
 * undici: 1.13 of a start's CPU (optimisations.md, createServer).
 */
export const { createServer } = process.getBuiltinModule('node:http');
