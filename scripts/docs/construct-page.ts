import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type JSDocableNode,
  type MethodDeclaration,
  Project,
  type PropertyDeclaration,
  type PropertySignature,
  Scope,
} from 'ts-morph';
import { linked } from './linked.ts';
import { withSection } from './section.ts';
import { table } from './table.ts';

export const CONSTRUCT_PAGE = new URL('../../docs/construct.md', import.meta.url);

/** The page of the construct as it should be: its reference made from the declared types. */
export function constructPage(): string {
  return withSection(readFileSync(CONSTRUCT_PAGE, 'utf8'), 'reference', reference());
}

function reference(): string {
  const project = new Project({ skipAddingFilesFromTsConfig: true });
  const read = (name: string) =>
    project.addSourceFileAtPath(fileURLToPath(new URL(`../../infra/${name}.ts`, import.meta.url)));
  const construct = read('image-updates');
  const updates = construct.getClassOrThrow('ImageUpdates');
  const keys = read('account-keys').getClassOrThrow('AccountKeys');
  const propsOf = (file: typeof construct, name: string) =>
    file.getInterfaceOrThrow(name).getProperties();
  return [
    '## What it has',
    members(updates.getInstanceProperties().filter(isDeclared).filter(isPublic)),
    '## What it does',
    methods(updates.getInstanceMethods().filter(isPublic)),
    '## What it takes: things of your app',
    properties(propsOf(read('image-updates-props'), 'ImageUpdatesProps')),
    '`EventRule`:',
    members(propsOf(read('sources/sources'), 'EventRule')),
    '`AccountKeys`:',
    methods(keys.getStaticMethods()),
    '## What it takes: settings',
    properties(propsOf(read('image-updates-settings'), 'ImageUpdatesSettings')),
    '',
  ].join('\n\n');
}

function properties(declared: readonly PropertySignature[]): string {
  const rows = declared.map((property) => [
    `\`${property.getName()}\``,
    code(typeOf(property)),
    tagOf(property, 'default'),
    describe(property),
  ]);
  return table(['property', 'type', 'default', 'what and why'], rows);
}

function members(declared: readonly (PropertyDeclaration | PropertySignature)[]): string {
  const rows = declared.map((one) => [`\`${one.getName()}\``, code(typeOf(one)), describe(one)]);
  return table(['property', 'type', 'what'], rows);
}

function methods(declared: readonly MethodDeclaration[]): string {
  const rows = declared.map((method) => {
    const parameters = method.getParameters().map((one) => one.getText());
    const result = method.getReturnTypeNodeOrThrow().getText();
    return [code(`${method.getName()}(${parameters.join(', ')}): ${result}`), describe(method)];
  });
  return table(['method', 'what'], rows);
}

function isDeclared(node: { getKindName(): string }): node is PropertyDeclaration {
  return node.getKindName() === 'PropertyDeclaration';
}

function isPublic(member: PropertyDeclaration | MethodDeclaration): boolean {
  return member.getScope() === Scope.Public && !member.getName().startsWith('#');
}

function typeOf(property: PropertyDeclaration | PropertySignature): string {
  const text = property.getTypeNodeOrThrow().getText();
  // On one line, however the formatter broke it.
  return text
    .replaceAll(/\(\s+\| /g, '(')
    .replaceAll(/\s+\)/g, ')')
    .replaceAll(/\s+/g, ' ');
}

/** A cell with code, in which a bar would end the cell. */
function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

function describe(node: JSDocableNode): string {
  const [doc] = node.getJsDocs();
  return linked((doc?.getDescription() ?? '').trim().replaceAll(/\s+/g, ' '));
}

function tagOf(node: JSDocableNode, name: string): string {
  const tags = node.getJsDocs().flatMap((doc) => doc.getTags());
  const text = tags.find((tag) => tag.getTagName() === name)?.getCommentText() ?? '';
  return text.replaceAll(/\s+/g, ' ');
}
