import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A private certificate authority, and a server's certificate that it signed. */
export interface Authority {
  /** The authority's own certificate, in PEM. */
  readonly ca: string;
  /** What a server speaks TLS with. */
  readonly tls: { readonly cert: string; readonly key: string };
}

const { pki } = forge;
const day = 24 * 60 * 60_000;

/** @param names the host names that the server's certificate is for; loopback's are added */
export function createAuthority(...names: readonly string[]): Authority {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2_048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const [publicKey, privateKey] = [
    pki.publicKeyFromPem(pair.publicKey),
    pki.privateKeyFromPem(pair.privateKey),
  ];
  const issuer = [{ name: 'commonName', value: 'A private authority' }];
  const sign = (serial: string, subject: typeof issuer, extensions: readonly object[]): string => {
    const certificate = pki.createCertificate();
    certificate.publicKey = publicKey;
    certificate.serialNumber = serial;
    certificate.validity.notBefore = new Date(Date.now() - day);
    certificate.validity.notAfter = new Date(Date.now() + day);
    certificate.setIssuer(issuer);
    certificate.setSubject(subject);
    certificate.setExtensions([...extensions]);
    certificate.sign(privateKey, forge.md.sha256.create());
    return pki.certificateToPem(certificate);
  };
  const altNames = [
    ...['localhost', ...names].map((value) => ({ type: 2, value })),
    ...['127.0.0.1', '::1'].map((ip) => ({ type: 7, ip })),
  ];
  const server = [{ name: 'commonName', value: 'A server' }];
  return {
    ca: sign('01', issuer, [{ name: 'basicConstraints', cA: true }]),
    tls: {
      cert: sign('02', server, [{ name: 'subjectAltName', altNames }]),
      key: pair.privateKey,
    },
  };
}
