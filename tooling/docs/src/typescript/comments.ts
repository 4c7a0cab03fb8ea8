import ts from 'typescript';
import { escape } from '../write-page.ts';

/** What a declaration says of itself. */
export interface Comment {
  /** Markdown. */
  readonly text: string;
  readonly params: ReadonlyMap<string, string>;
  readonly returns: string;
  readonly throws: readonly string[];
  /** Code. */
  readonly examples: readonly string[];
}

/** What is said of a value holds for the type that is made from it, too. */
export function commentOf(node: ts.Node): Comment {
  const own = ownComment(node);
  const source = own.text === '' && ts.isTypeAliasDeclaration(node) ? sourceOf(node) : undefined;
  return source ? ownComment(source) : own;
}

/** Of `(typeof statuses)[number]` the declaration of `statuses`. */
export function sourceOf(node: ts.TypeAliasDeclaration): ts.VariableDeclaration | undefined {
  const source = /\btypeof (\w+)/.exec(node.type.getText())?.[1];
  return node
    .getSourceFile()
    .statements.filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find(({ name }) => name.getText() === source);
}

function ownComment(node: ts.Node): Comment {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(node);
  const said = (name: string) =>
    tags.filter(({ tagName }) => tagName.text === name).map(({ comment }) => textOf(comment));
  return {
    text: docs
      .map(({ comment }) => textOf(comment))
      .filter(Boolean)
      .join('\n\n'),
    params: new Map(
      tags.filter(ts.isJSDocParameterTag).map(({ name, comment }) => [name.getText(), textOf(comment)] as const),
    ),
    returns: said('returns').join(' '),
    throws: said('throws'),
    examples: said('example'),
  };
}

function textOf(comment: string | ts.NodeArray<ts.JSDocComment> | undefined): string {
  return (ts.getTextOfJSDocComment(comment) ?? '').replace(/\{@link (\S+?)\}/g, '`$1`').trim();
}

/** The sentence that stands for the whole in a list. */
export function firstSentence(text: string): string {
  const [paragraph = ''] = text.split(/\n\s*\n/);
  return /^(?:`[^`]*`|[^`])*?[.:](?=\s|$)/.exec(paragraph)?.[0].replace(/:$/, '.') ?? paragraph;
}

/** Lines of a page. */
export function commentLines({ text, params, returns, throws, examples }: Comment): string[] {
  const described = [...params].filter(([, said]) => said !== '');
  return [
    ...(text ? [prose(text), ''] : []),
    ...described.map(([name, said]) => `- \`${name}\`: ${prose(said)}`),
    ...(described.length > 0 ? [''] : []),
    ...(returns ? [`Returns ${prose(returns)}`, ''] : []),
    ...throws.flatMap((said) => [`Throws ${prose(said)}`, '']),
    ...examples.flatMap((example) => [...(example.startsWith('```') ? [example] : ['```ts', example, '```']), '']),
  ];
}

/** `<` outside of code would be read as Vue. */
function prose(text: string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : escape(part)))
    .join('');
}
