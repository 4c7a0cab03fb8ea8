import ts from 'typescript';
import type { TypeText } from './type-text.ts';

/** Longer ones get a line for each parameter. */
const widest = 100;

/** How something is called: `send(conversationId: string, …): Promise<Message>`, as HTML. */
export function signature(
  name: string,
  { typeParameters, parameters, type }: ts.SignatureDeclaration,
  returned: string | null,
  types: TypeText,
): string {
  const generic = typeParameters ? `&lt;${typeParameters.map((one) => types.written(one)).join(', ')}&gt;` : '';
  const written = parameters.map((one) => parameter(one, types));
  const result = type ? types.written(type) : returned;
  const after = result === null ? '' : `: ${result}`;
  const line = `${name}${generic}(${written.join(', ')})${after}`;
  if (line.replace(/<[^>]*>/g, '').length <= widest) return line;
  return `${name}${generic}(\n${written.map((one) => `  ${one.replaceAll('\n', '\n  ')},\n`).join('')})${after}`;
}

function parameter(node: ts.ParameterDeclaration, types: TypeText): string {
  const { dotDotDotToken, questionToken, initializer, type } = node;
  const isOptional = questionToken !== undefined || initializer !== undefined;
  const written = type ? declaredType(type, isOptional, types) : types.resolvedAt(node);
  return `${dotDotDotToken ? '...' : ''}${nameOf(node)}${isOptional ? '?' : ''}: ${written}`;
}

/** Parameters that are taken apart have no name: what they are is one. */
function nameOf(node: ts.ParameterDeclaration): string {
  if (ts.isIdentifier(node.name)) return node.name.text;
  const index = node.parent.parameters.indexOf(node);
  const tag = ts.getJSDocTags(node.parent).filter(ts.isJSDocParameterTag)[index];
  if (tag) return tag.name.getText();
  const type = typeNameOf(node.type);
  const role = /(Options|Params|Scope)$/.exec(type)?.[0] ?? type;
  return role.charAt(0).toLowerCase() + role.slice(1);
}

/** `UnitScope` of `Pick<UnitScope, 'db'>`, too. */
function typeNameOf(type: ts.TypeNode | undefined): string {
  if (!type || !ts.isTypeReferenceNode(type)) return 'Options';
  const name = type.typeName.getText();
  return /^(Pick|Omit|Readonly|Partial)$/.test(name) ? typeNameOf(type.typeArguments?.[0]) : name;
}

/** A declared type; `| undefined` beside `?` says nothing. */
export function declaredType(node: ts.TypeNode, isOptional: boolean, types: TypeText): string {
  const html = types.written(node);
  return isOptional ? html.replace(/ \| undefined$/, '') : html;
}
