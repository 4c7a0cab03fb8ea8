import ts from 'typescript';
import { commentOf } from './comments.ts';

/**
 * What the source says of each key of a constant that is an object, such as `eventSchemas`.
 * @param text the source
 * @throws when there is no such constant in it
 */
export function commentsOfKeys(text: string, constant: string): ReadonlyMap<string, string> {
  const source = ts.createSourceFile('keys.ts', text, ts.ScriptTarget.Latest, true);
  const declared = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === constant)?.initializer;
  const object = declared && ts.isAsExpression(declared) ? declared.expression : declared;
  if (!object || !ts.isObjectLiteralExpression(object)) throw new Error(`unable to find the object ${constant}`);
  return new Map(
    object.properties
      .filter(ts.isPropertyAssignment)
      .map((property) => [(property.name as ts.StringLiteral | ts.Identifier).text, commentOf(property).text]),
  );
}
