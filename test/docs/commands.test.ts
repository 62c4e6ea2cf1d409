import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { COMMAND_JSON_FILE, commandJsonSchema } from '../../scripts/docs/command-json.ts';
import { COMMANDS_PAGE, commandsPage } from '../../scripts/docs/commands.ts';

test('the JSON Schema of --json is that of the commands (npm run docs makes it anew)', () => {
  expect(readFileSync(COMMAND_JSON_FILE, 'utf8')).toBe(commandJsonSchema());
});

test('the page of the command line has the help that the commands print (npm run docs makes it anew)', () => {
  const page = readFileSync(COMMANDS_PAGE, 'utf8');
  expect(page).toBe(commandsPage());
  expect(page).toContain('Usage: finerworks-image-updates dlq redrive [options]');
  expect(page).toContain('| 130 |');
});
