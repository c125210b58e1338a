import { createRequire } from 'node:module';

const aerospikeTokens = 'https://auth.control.aerospike.cloud/oauth/token';

const require = createRequire(import.meta.url);

/** The form of a file of service keys. zod is loaded with it: a start without such a file does not need it. */
export function createServiceKeysFileDecoder() {
  const { z } = require('zod') as typeof import('zod');
  const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'takes a SHA-256 in 64 lower-case hex digits');
  return z.strictObject({
    services: z.array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, 'takes 1 to 64 of A-Z, a-z, 0-9, . _ -'),
        /** Two at once while a key is changed. */
        keys: z.array(sha256).min(1).max(2),
        mutations: z.array(z.string()).optional(),
        /** The file that holds the value of each credential header. */
        credentials: z.record(z.string(), z.string()).default({}),
        /** A client whose access tokens are Aerospike's credential. */
        aerospikeClient: z
          .strictObject({
            clientId: z.string().min(1),
            clientSecretFile: z.string().min(1),
            tokenUrl: z.url({ protocol: /^https?$/ }).default(aerospikeTokens),
          })
          .optional(),
      }),
    ),
  });
}
