/** Pools of undici that keep their connections, one for each vendor, with as many as the gateway has. */
import { Pool } from 'undici';
import { aerospike, wethod, wethodHeaders } from './common.js';

const requestOf = (url) => {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 256 });
  return (method, path, headers) => pool.request({ method, path: pathname + path, headers });
};

export const wethodRequest = requestOf(wethod);
export const aerospikeRequest = requestOf(aerospike);

/** Reads a path of Wethod's. */
export async function wethodJson(path, headers) {
  const { body } = await wethodRequest('GET', path, wethodHeaders(headers));
  return body.json();
}
