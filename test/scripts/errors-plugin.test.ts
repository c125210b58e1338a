import { buildSchema, type GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';
import { plugin } from '../../scripts/errors-plugin.ts';

function schemaWith(description: string): GraphQLSchema {
  return buildSchema(`
    interface MembershipError { message: String! }
    """
    ${description.replaceAll('\n', '\n    ')}
    """
    type GoneError implements MembershipError { message: String!, "How long." wait: Wait }
    enum Wait { "Minutes." LONG }
    type Left { id: ID! }
    union LeaveResult = Left | GoneError
    type Query { none: ID }
    type Mutation { leave: LeaveResult, join: ID }
  `);
}

const write = (description: string) => plugin(schemaWith(description), [], {});

test('an error has its cause, what to show, what to do, its mutations and its own fields', () => {
  expect(write('It went.\n\nShow: that it is gone.\n\nDo: Look.')).toContain(`## GoneError

- **Cause:** It went.
- **Show:** that it is gone.
- **Do:** Look.
- **From:** \`leave\`.
- \`wait\`: How long.
  - \`LONG\`: Minutes.
`);
});

test.each(['It went.', 'It went.\n\nShow: that it is gone.', 'It went.\n\nDo: Look.'])(
  'rejects a description that lacks one of the three paragraphs: %j',
  (description) => {
    expect(() => write(description)).toThrow(/description of GoneError must have three paragraphs/);
  },
);
