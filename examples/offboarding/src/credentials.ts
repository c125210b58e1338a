import type { Credentials } from 'membership-gateway-client';

/** What somebody entered; it lives as long as the page, and is kept nowhere. */
export interface Entered {
  readonly wethodToken: string;
  readonly wethodCompany: string;
  readonly kaitenToken: string;
  readonly aerospikeToken: string;
  readonly rocketchatToken: string;
  readonly rocketchatUserId: string;
}

/** Nothing entered. */
export const nothingEntered: Entered = {
  wethodToken: '',
  wethodCompany: '',
  kaitenToken: '',
  aerospikeToken: '',
  rocketchatToken: '',
  rocketchatUserId: '',
};

/** What was entered, for the client; a system for which something is missing is left out. */
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

/** The credentials that the sandbox tells; null over any other gateway. */
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
