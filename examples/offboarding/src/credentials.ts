import type { Credentials } from 'membership-gateway-client';

/** The credentials in the form. They last as long as the page, and are not stored anywhere. */
export interface Entered {
  readonly wethodToken: string;
  readonly wethodCompany: string;
  readonly kaitenToken: string;
  readonly aerospikeToken: string;
  readonly rocketchatToken: string;
  readonly rocketchatUserId: string;
}

/** The credentials of an empty form. */
export const nothingEntered: Entered = {
  wethodToken: '',
  wethodCompany: '',
  kaitenToken: '',
  aerospikeToken: '',
  rocketchatToken: '',
  rocketchatUserId: '',
};

/** Returns the entered credentials for the client, without systems that lack one. */
export function credentialsOf(entered: Entered): Credentials {
  const { wethodToken, wethodCompany, kaitenToken, aerospikeToken } = entered;
  const { rocketchatToken: authToken, rocketchatUserId: userId } = entered;
  return {
    ...(wethodToken && wethodCompany && { wethod: { token: wethodToken, company: wethodCompany } }),
    ...(kaitenToken && { kaiten: { token: kaitenToken } }),
    ...(aerospikeToken && { aerospike: { token: aerospikeToken } }),
    ...(authToken && userId && { rocketchat: { authToken, userId } }),
  };
}

/** Fetches the credentials of the sandbox; null if the gateway is not the sandbox. */
export async function sandboxCredentials(): Promise<Entered | null> {
  try {
    const response = await fetch('/sandbox/credentials');
    if (!response.ok) return null;
    const headers = (await response.json()) as Readonly<Record<string, string>>;
    const value = (name: string) => (headers[name] ?? '').replace(/^Bearer /, '');
    return {
      wethodToken: value('wethod-authorization'),
      wethodCompany: value('wethod-company'),
      kaitenToken: value('kaiten-authorization'),
      aerospikeToken: value('aerospike-authorization'),
      rocketchatToken: value('rocketchat-auth-token'),
      rocketchatUserId: value('rocketchat-user-id'),
    };
  } catch {
    return null;
  }
}
