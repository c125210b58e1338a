import type { CodegenPlugin } from '@graphql-codegen/plugin-helpers';
import { vendorKeys, vendors } from '../../src/vendors/index.ts';

/** Generates the credentials and the title of each vendor from its declaration. It ignores the schema. */
export const plugin: CodegenPlugin['plugin'] = () => {
  const all = vendorKeys.map((key) => vendors[key]);
  const credentials = all.map(({ key, credentialHeaders: headers }) => {
    const parts = headers.map(({ part }) => `readonly ${part}: string`).join('; ');
    const text = headers.map(({ meaning }) => meaning).join(', and ');
    return `  /** ${text}. */\n  readonly ${key}?: { ${parts} } | undefined;`;
  });
  const headers = all.map(({ key, credentialHeaders }) => {
    const parts = credentialHeaders.map(
      ({ part, incoming, form }) =>
        `${part}: ['${incoming}', '${form === 'bearer' ? 'Bearer ' : ''}']`,
    );
    return `  ${key}: { ${parts.join(', ')} },`;
  });
  return `import type { MembershipVendor } from './types.ts';

/**
 * The credentials for the vendors. Each is sent to its own vendor only. A call to a vendor without credentials returns an
 * \`AuthenticationError\`, unless the gateway has credentials for the caller.
 */
export interface Credentials {
${credentials.join('\n')}
}

type HeaderOfPart = readonly [name: string, prefix: string];

/** The header of each part of each vendor's credentials, and the prefix of its value. */
export const credentialParts: Readonly<Record<keyof Credentials, Readonly<Record<string, HeaderOfPart>>>> = {
${headers.join('\n')}
};

/** The titles of the vendors. */
export const titles: Readonly<Record<MembershipVendor, string>> = {
${all.map(({ id, title }) => `  ${id}: ${JSON.stringify(title)},`).join('\n')}
};
`;
};
