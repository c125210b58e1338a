import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { changes } from './changes.ts';
import type { StubVendor } from './vendor.ts';

/** An identity provider, an authorization server and Aerospike in one server. */
export interface Issuers extends AsyncDisposable {
  /** What sets a gateway up for the first two. */
  readonly env: Readonly<Record<string, string>>;
  /** What a person sends, whose token the identity provider signed. */
  readonly person: Readonly<Record<string, string>>;
  /** What a service sends, whose access token for Aerospike is `access-1`. */
  readonly service: Readonly<Record<string, string>>;
}

/**
 * Has a server answer as all three.
 *
 * @param jwksUrl where the gateway is to find the identity provider's keys
 * @param tokenUrl where it is to exchange the service's secret, `secret-1`
 */
export async function startIssuers(
  server: StubVendor,
  jwksUrl: string,
  tokenUrl: string,
): Promise<Issuers> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' };
  server.answer = (response, { url, method }) => {
    if (method === 'DELETE') {
      response.writeHead(changes.removeOrgMember.success.status).end();
      return;
    }
    const token = { access_token: 'access-1', expires_in: 3_600 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(url === new URL(jwksUrl).pathname ? { keys: [jwk] } : token));
  };
  const folder = await mkdtemp(join(tmpdir(), 'issuers-'));
  const [keys, secret] = [join(folder, 'keys.json'), join(folder, 'secret')];
  const hash = createHash('sha256').update('service-key-1').digest('hex');
  const aerospikeClient = { clientId: 'id-1', clientSecretFile: secret, tokenUrl };
  await writeFile(secret, 'secret-1');
  await writeFile(
    keys,
    JSON.stringify({ services: [{ name: 'a', keys: [hash], aerospikeClient }] }),
  );
  const token = await new SignJWT({ iss: 'issuer', aud: 'audience', sub: 'ada' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setExpirationTime('1h')
    .sign(privateKey);
  return {
    env: {
      SERVICE_KEYS_FILE: keys,
      JWKS_URL: jwksUrl,
      JWT_ISSUER: 'issuer',
      JWT_AUDIENCE: 'audience',
    },
    person: { authorization: `Bearer ${token}` },
    service: { authorization: 'Bearer service-key-1' },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
