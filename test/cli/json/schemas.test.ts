import { expect, test } from '@jest/globals';
import { COMMAND_JSON } from '../../../cli/json/schemas.ts';
import { commandNames } from '../../infra/access/every-command.ts';

test('every command has a schema of what --json prints, and nothing else has', () => {
  expect(Object.keys(COMMAND_JSON).sort()).toEqual(commandNames().sort());
});
