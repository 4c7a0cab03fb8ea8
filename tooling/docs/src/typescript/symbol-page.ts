import ts from 'typescript';
import { cell, code } from '../write-page.ts';
import { commentLines, commentOf, sourceOf, type Comment } from './comments.ts';
import { isInner, type Exported } from './exports.ts';
import { declaredType, signature } from './signatures.ts';
import { linkTo, type FieldRow, type TypeText } from './type-text.ts';

type Member = ts.TypeElement | ts.ClassElement;

/** Longer values are not shown: their type and their comment say what they are. */
const longestValue = 1500;

/** The page of one public name. */
export function symbolPage(exported: Exported, types: TypeText): readonly string[] {
  const { name, kind, entry, declarations } = exported;
  const isValue = kind !== 'type' && kind !== 'interface';
  return [
    '---',
    'outline: [2, 3]',
    '---',
    '',
    `# ${name} <Badge type="info" text="${kind}" />`,
    '',
    '```ts',
    `import ${isValue ? '' : 'type '}{ ${name} } from '${entry}';`,
    '```',
    '',
    ...declarations.flatMap((declaration) => lines(declaration, exported, types)),
    ...innerLines(exported, types),
  ];
}

/** Types that are named here and exported nowhere: whoever reads wants to know what they are. */
function innerLines(exported: Exported, types: TypeText): string[] {
  const seen = new Set<ts.Symbol>();
  const found: string[] = [];
  for (let inner = types.takeInner(seen); inner; inner = types.takeInner(seen)) {
    const { name, declarations = [] } = inner;
    const shown = { ...exported, name, symbol: inner, kind: 'type' } as const;
    const text = declarations.flatMap((declaration) => lines(declaration, shown, types));
    // Their fields are no chapters of the page.
    found.push(`## ${name} {#type-${name.toLowerCase()}}`, '', ...text.filter((line) => !line.startsWith('## ')));
  }
  return found;
}

function lines(node: ts.Declaration, exported: Exported, types: TypeText): string[] {
  if (ts.isInterfaceDeclaration(node)) {
    const head = node.typeParameters ? block(`interface ${exported.name}${generic(node, types)}`) : [];
    return [...head, ...commentLines(commentOf(node)), ...heritage(node, types), ...membersOf(node.members, types)];
  }
  if (ts.isClassDeclaration(node)) {
    const seen = node.members.filter((member) => !isHidden(member));
    return [...commentLines(commentOf(node)), ...heritage(node, types), ...membersOf(seen, types)];
  }
  if (ts.isTypeAliasDeclaration(node)) return aliasLines(node, exported, types);
  if (ts.isFunctionDeclaration(node)) {
    if (node.parameters.some(isInner)) return [...commentLines(commentOf(node)), ...partLines(node, exported, types)];
    return [...block(signature(exported.name, node, types.returnedBy(node), types)), ...commentLines(commentOf(node))];
  }
  if (ts.isVariableDeclaration(node)) return variableLines(node, exported, types);
  return [];
}

function aliasLines(node: ts.TypeAliasDeclaration, exported: Exported, types: TypeText): string[] {
  const comment = commentLines(commentOf(node));
  if (ts.isTypeLiteralNode(node.type)) return [...comment, ...membersOf(node.type.members, types)];
  const type = types.at(node);
  // Made from a schema or from a value: what it is matters, not how it is made.
  if (!node.typeParameters && !ts.isTypeQueryNode(node.type) && /\bz\.|\btypeof\b/.test(node.type.getText())) {
    const item = types.itemOf(type);
    const shown = item && !types.nameOf(item, exported) ? item : type;
    const variants = shown.isUnion() ? shown.types.filter((one) => types.propertiesOf(one)) : [];
    if (shown.isUnion() && variants.length === shown.types.length) {
      return [...comment, 'One of:', '', ...variants.flatMap((one, i) => variantLines(one, i, exported, types))];
    }
    if (types.propertiesOf(shown)) return [...comment, ...fieldTable(types.fieldsOf(shown, exported))];
    return [...block(`type ${exported.name} = ${inOrder(node, types.resolved(type, exported))}`), ...comment];
  }
  const head = `type ${exported.name}${generic(node, types)}`;
  return [...block(isInner(node.type) ? head : `${head} = ${types.written(node.type)}`), ...comment];
}

function generic({ typeParameters }: ts.TypeAliasDeclaration | ts.InterfaceDeclaration, types: TypeText): string {
  return typeParameters ? `&lt;${typeParameters.map((one) => types.written(one)).join(', ')}&gt;` : '';
}

/** A part of the modular client is what it adds: members of `ProsaClient`. */
function partLines(node: ts.Node, { name }: Exported, types: TypeText): string[] {
  const part = types.exported('ClientPart');
  const client = types.exported('ProsaClient')?.declarations.find(ts.isInterfaceDeclaration);
  const added = types.membersReturnedBy(node);
  const members = client?.members.filter((member) => added.has(member.name?.getText() ?? '')) ?? [];
  return [...(part ? block(`const ${name}: ${linkTo(part)}`) : []), ...membersOf(members, types)];
}

/** The compiler's order of a union is nobody's: that of the list it was made from, one on each line when there are many. */
function inOrder(node: ts.TypeAliasDeclaration, html: string): string {
  const members = html.split(' | ');
  if (members.some((one) => !/^'[^']*'$/.test(one))) return html;
  const written = sourceOf(node)?.initializer?.getText() ?? '';
  const place = (member: string) => written.indexOf(member);
  const sorted = members.sort((a, b) => place(a) - place(b));
  return sorted.join(' | ').length <= 90 ? sorted.join(' | ') : sorted.map((one) => `\n  | ${one}`).join('');
}

/** Variants of a message are told apart by their `type`, those of others by whatever is one literal. */
function variantLines(type: ts.Type, index: number, exported: Exported, types: TypeText): string[] {
  const tag = types.propertiesOf(type)?.find((field) => types.typeOf(field).isStringLiteral());
  const value = tag && types.typeOf(tag);
  const title = tag && value?.isStringLiteral() ? `${tag.name}: '${value.value}'` : `Form ${index + 1}`;
  const own = types.nameOf(type, exported);
  return [`## ${title}`, '', ...(own ? [typeCell(own), ''] : fieldTable(types.fieldsOf(type, exported), ''))];
}

function variableLines(node: ts.VariableDeclaration, exported: Exported, types: TypeText): string[] {
  const { type, initializer } = node;
  const comment = commentLines(commentOf(node));
  const call = types.callOf(node);
  if (call?.parameters.some(isInner)) return [...comment, ...partLines(node, exported, types)];
  if (initializer && ts.isArrowFunction(initializer) && !type) {
    return [...block(signature(exported.name, initializer, types.returnedBy(initializer), types)), ...comment];
  }
  if (type) return [...block(`const ${exported.name}: ${types.written(type)}`), ...comment];
  const value = initializer ? types.written(initializer) : '';
  const shown = value.length <= longestValue ? `const ${exported.name} = ${value}` : null;
  return [...(shown ? block(shown) : []), ...comment];
}

function heritage({ heritageClauses }: ts.InterfaceDeclaration | ts.ClassDeclaration, types: TypeText): string[] {
  return [...(heritageClauses ?? [])].flatMap(({ token, types: parents }) => [
    `${token === ts.SyntaxKind.ExtendsKeyword ? 'Has everything of' : 'Implements'} ${parents.map((one) => typeCell(types.written(one))).join(', ')}.`,
    '',
  ]);
}

function isHidden(member: ts.ClassElement): boolean {
  const flags = ts.getCombinedModifierFlags(member);
  const isPrivate = member.name && ts.isPrivateIdentifier(member.name);
  return isPrivate === true || (flags & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0;
}

function membersOf(members: readonly Member[], types: TypeText): string[] {
  const fields = members.filter(
    (one) => ts.isPropertySignature(one) || ts.isPropertyDeclaration(one) || ts.isGetAccessor(one),
  );
  const calls = members.filter(
    (one) => ts.isMethodSignature(one) || ts.isMethodDeclaration(one) || ts.isConstructorDeclaration(one),
  );
  return [
    ...fieldTable(
      fields.map((field) => {
        const optional = !ts.isGetAccessor(field) && field.questionToken !== undefined;
        return {
          name: field.name.getText(),
          optional,
          type: field.type ? declaredType(field.type, optional, types) : types.resolvedAt(field),
          text: withExamples(commentOf(field)),
        };
      }),
    ),
    ...(calls.length > 0 && fields.length > 0 ? ['## Methods', ''] : []),
    ...calls.flatMap((call) => {
      const name = ts.isConstructorDeclaration(call) ? 'new' : call.name.getText();
      const returned = ts.isConstructorDeclaration(call) ? null : types.returnedBy(call);
      return [`### ${name}()`, '', ...block(signature(name, call, returned, types)), ...commentLines(commentOf(call))];
    }),
  ];
}

function withExamples({ text, examples }: Comment): string {
  return [text, ...examples.map((example) => `\`${example.replace(/\s+/g, ' ')}\``)].filter(Boolean).join(' ');
}

function fieldTable(rows: readonly FieldRow[], title = '## Fields'): string[] {
  if (rows.length === 0) return [];
  const says = rows.some(({ text }) => text !== '');
  return [
    ...(title ? [title, ''] : []),
    `| field | type |${says ? ' |' : ''}`,
    `| --- | --- |${says ? ' --- |' : ''}`,
    ...rows.map(
      ({ name, optional, type, text }) =>
        `| ${code(name)}${optional ? ' (optional)' : ''} | ${typeCell(type)} |${says ? ` ${cell(text)} |` : ''}`,
    ),
    '',
  ];
}

/** HTML that is code, in a cell. */
function typeCell(html: string): string {
  return `<code v-pre>${html.replaceAll('|', '&#124;').replace(/\s*\n\s*/g, ' ')}</code>`;
}

/** HTML that is code, on its own. An empty line would end it. */
function block(html: string): string[] {
  return [`<pre class="signature" v-pre><code>${html.replace(/\n(?=\s*\n)/g, '')}</code></pre>`, ''];
}
