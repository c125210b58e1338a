/** Pools of undici that keep their connections, one for each vendor, with as many as the gateway has. */
import { Pool } from 'undici';
import { aerospike, getWethodHeaders, wethod } from './common.js';

const createRequest = (url) => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 256 });
  return (method, path, headers) => pool.request({ method, path: pathname + path, headers });
};

export const wethodRequest = createRequest(wethod);
export const aerospikeRequest = createRequest(aerospike);

/** Reads a path of Wethod's. */
export async function readWethodJson(path, headers) {
  const { body } = await wethodRequest('GET', path, getWethodHeaders(headers));
  return body.json();
}
