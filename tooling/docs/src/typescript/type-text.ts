import ts from 'typescript';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { escape } from '../write-page.ts';
import type { Exported, Exports } from './exports.ts';

/** One field of an object, those of its own objects with a dotted name. */
export interface FieldRow {
  readonly name: string;
  readonly optional: boolean;
  /** HTML. */
  readonly type: string;
  readonly text: string;
}

/** Objects of so few fields are shown where they stand. */
const small = 2;

const packages = `${join(root, 'packages').replaceAll('\\', '/')}/`;

/** Classes that have a page among the elements. */
const elements = new Map([
  ['ProsaInbox', 'prosa-inbox'],
  ['ProsaCustomerPanel', 'prosa-customer-panel'],
  ['ProsaWebchat', 'prosa-webchat'],
]);

/** What nobody outside needs to know: how types are computed, the tables of the database. */
const untold = new Set(['Intersection', 'Input', 'Output', 'Kernel', 'Schema']);

/** Writes types as HTML, in which public names are links. */
export class TypeText {
  readonly #checker: ts.TypeChecker;
  readonly #bySymbol: ReadonlyMap<ts.Symbol, Exported>;
  readonly #byType = new Map<ts.Type, Exported>();
  readonly #byMembers = new Map<string, Exported>();
  readonly #inner = new Set<ts.Symbol>();

  constructor({ checker, bySymbol }: Pick<Exports, 'checker' | 'bySymbol'>) {
    this.#checker = checker;
    this.#bySymbol = bySymbol;
    for (const exported of bySymbol.values()) this.#learn(exported);
  }

  /** A type that is made from a schema is met under no name: it is known by what it is. */
  #learn(exported: Exported): void {
    const alias = exported.declarations.find(ts.isTypeAliasDeclaration);
    if (!alias || alias.typeParameters) return;
    const type = this.#checker.getTypeAtLocation(alias);
    if (type.isUnion()) {
      const key = keyOf(type.types);
      if (!this.#byMembers.has(key)) this.#byMembers.set(key, exported);
    } else if (type.flags & ts.TypeFlags.Object && !this.#byType.has(type)) this.#byType.set(type, exported);
  }

  /** The source of a type, with its names as links. */
  written(node: ts.Node): string {
    const source = node.getSourceFile();
    const start = node.getStart(source);
    const links: { readonly at: number; readonly end: number; readonly href: string }[] = [];
    const visit = (part: ts.Node): void => {
      if (ts.isIdentifier(part)) {
        const href = this.#hrefOf(part);
        if (href !== null) links.push({ at: part.getStart(source), end: part.end, href });
      }
      ts.forEachChild(part, visit);
    };
    visit(node);
    let html = '';
    let at = start;
    for (const { at: from, end, href } of links) {
      html += plain(source.text.slice(at, from)) + link(source.text.slice(from, end), href);
      at = end;
    }
    return outdent(html + plain(source.text.slice(at, node.end)), indentOf(source, start));
  }

  #hrefOf(identifier: ts.Identifier): string | null {
    const found = this.#checker.getSymbolAtLocation(identifier);
    if (!found || isOwnName(identifier)) return null;
    const symbol = found.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(found) : found;
    const exported = this.#bySymbol.get(symbol);
    if (exported) return exported.kind === 'schema' ? null : `/reference/${exported.page}`;
    const element = elements.get(symbol.name);
    if (element) return `/reference/elements/${element}`;
    if (!isInnerType(symbol)) return null;
    this.#inner.add(symbol);
    return `#type-${symbol.name.toLowerCase()}`;
  }

  /** A type that was named since the last page and is exported nowhere. */
  takeInner(seen: Set<ts.Symbol>): ts.Symbol | null {
    const next = [...this.#inner].find((symbol) => !seen.has(symbol));
    if (next) seen.add(next);
    else this.#inner.clear();
    return next ?? null;
  }

  /** What a type is, whatever it was written as. */
  resolved(type: ts.Type, self: Exported | null = null): string {
    const known = this.nameOf(type, self);
    if (known) return known;
    if (type.isStringLiteral()) return escape(`'${type.value}'`);
    if (type.isUnion()) return this.#union(type, self);
    const item = this.itemOf(type);
    if (item) {
      const text = this.resolved(item, self);
      return `${text.includes(' | ') ? `(${text})` : text}[]`;
    }
    const fields = this.propertiesOf(type);
    if (!fields) return escape(this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation));
    const index = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (fields.length === 0) return index ? `Record&lt;string, ${this.resolved(index, self)}&gt;` : '{}';
    const written = fields.map(
      (field) => `${field.name}${isOptional(field) ? '?' : ''}: ${this.resolved(this.typeOf(field), self)}`,
    );
    return `{ ${written.join('; ')} }`;
  }

  nameOf(type: ts.Type, self: Exported | null): string | null {
    const symbol = type.aliasSymbol ?? type.symbol;
    const known =
      this.#byType.get(type) ??
      (type.isUnion() ? this.#byMembers.get(keyOf(type.types)) : undefined) ??
      (symbol && !type.aliasTypeArguments ? this.#bySymbol.get(symbol) : undefined);
    return known && known.symbol !== self?.symbol ? linkTo(known) : null;
  }

  #union(type: ts.UnionType, self: Exported | null): string {
    const empty = type.types.filter(isEmpty);
    const full = type.types.filter((member) => !isEmpty(member));
    const known = full.length > 1 ? this.#byMembers.get(keyOf(full)) : undefined;
    const isBoolean = full.length === 2 && full.every(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const names = isBoolean
      ? ['boolean']
      : known && known.symbol !== self?.symbol
        ? [linkTo(known)]
        : full.map((member) => this.resolved(member, self));
    return [...names, ...empty.filter(({ flags }) => flags & ts.TypeFlags.Null).map(() => 'null')].join(' | ');
  }

  at(node: ts.Node): ts.Type {
    return this.#checker.getTypeAtLocation(node);
  }

  resolvedAt(node: ts.Node): string {
    return this.resolved(this.at(node));
  }

  /** What is returned by a function that does not say it. */
  returnedBy(node: ts.SignatureDeclaration): string {
    const call = this.#checker.getSignatureFromDeclaration(node);
    return call ? this.resolved(call.getReturnType()) : 'void';
  }

  /** How a value is called; `null` for what is no function. */
  callOf(node: ts.Node): ts.SignatureDeclaration | null {
    const [call] = this.at(node).getCallSignatures();
    const declaration = call?.getDeclaration() as ts.SignatureDeclaration | undefined;
    return declaration ?? null;
  }

  /** Names of what the function at this declaration returns an object of. */
  membersReturnedBy(node: ts.Node): ReadonlySet<string> {
    const [call] = this.at(node).getCallSignatures();
    return new Set(
      call
        ?.getReturnType()
        .getProperties()
        .map(({ name }) => name),
    );
  }

  exported(name: string): Exported | undefined {
    return [...this.#bySymbol.values()].find((one) => one.name === name);
  }

  /** The type of the items of an array. */
  itemOf(type: ts.Type): ts.Type | null {
    if (!this.#checker.isArrayType(type)) return null;
    return this.#checker.getTypeArguments(type as ts.TypeReference)[0] ?? null;
  }

  /** `null` for what is no plain object. */
  propertiesOf(type: ts.Type): readonly ts.Symbol[] | null {
    if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || this.itemOf(type)) return null;
    if (type.getCallSignatures().length > 0 || this.#checker.isTupleType(type)) return null;
    // Somebody else's interface is its name.
    if (type.symbol && type.symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) return null;
    return this.#checker.getPropertiesOfType(type);
  }

  typeOf(property: ts.Symbol): ts.Type {
    return this.#checker.getTypeOfSymbol(property);
  }

  fieldsOf(type: ts.Type, self: Exported | null, prefix = ''): readonly FieldRow[] {
    return (this.propertiesOf(type) ?? []).flatMap((property) => {
      const of = this.typeOf(property);
      const name = prefix + property.name;
      const row = { name, optional: isOptional(property), text: this.#sayingOf(property) };
      const inner = this.#innerObject(of);
      if (!inner) return [{ ...row, type: this.resolved(of, self) + formatOf(property) }];
      const asNull = of.isUnion() && of.types.some(({ flags }) => flags & ts.TypeFlags.Null) ? ' | null' : '';
      return [
        { ...row, type: `object${inner.suffix}${asNull}` },
        ...this.fieldsOf(inner.type, self, `${name}${inner.suffix}.`),
      ];
    });
  }

  /** An object without a name that deserves lines of its own. */
  #innerObject(type: ts.Type): { readonly type: ts.Type; readonly suffix: string } | null {
    const full = type.isUnion() ? type.types.filter((member) => !isEmpty(member)) : [type];
    const [only] = full;
    if (!only || full.length > 1 || this.nameOf(only, null)) return null;
    const item = this.itemOf(only);
    const object = item ?? only;
    if (this.nameOf(object, null)) return null;
    const fields = this.propertiesOf(object);
    if (!fields) return null;
    const isSmall = fields.length <= small && fields.every((field) => this.#sayingOf(field) === '');
    return isSmall ? null : { type: object, suffix: item ? '[]' : '' };
  }

  #sayingOf(property: ts.Symbol): string {
    return ts.displayPartsToString(property.getDocumentationComment(this.#checker));
  }
}

export function linkTo({ name, page }: Exported): string {
  return link(name, `/reference/${page}`);
}

function link(text: string, href: string): string {
  return `<a href="${href}">${escape(text)}</a>`;
}

/** Interfaces and types of ours. Type parameters, fields and what libraries declare are none. */
function isInnerType({ flags, name, declarations = [] }: ts.Symbol): boolean {
  if (!(flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) || untold.has(name)) return false;
  return declarations.every((one) => one.getSourceFile().fileName.startsWith(packages));
}

/** Schemas of the contract say what a string holds by the name of the schema. */
function formatOf({ declarations = [] }: ts.Symbol): string {
  return declarations.some((one) => /\btimeSchema\b/.test(one.getText())) ? ' (ISO 8601)' : '';
}

function isOptional({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.Optional) !== 0;
}

function isEmpty({ flags }: ts.Type): boolean {
  return (flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;
}

function keyOf(types: readonly ts.Type[]): string {
  return types
    .map((type) => (type as ts.Type & { readonly id: number }).id)
    .sort((a, b) => a - b)
    .join(' ');
}

/** Names of parameters and fields are no references. */
function isOwnName(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  return 'name' in parent && parent.name === identifier;
}

/** Comments inside of a type are said elsewhere; `| undefined` beside `?` says nothing. */
function plain(text: string): string {
  return escape(text.replace(/\/\*[\s\S]*?\*\/\s*/g, ''));
}

function indentOf({ text }: ts.SourceFile, start: number): number {
  const line = text.slice(text.lastIndexOf('\n', start) + 1);
  return line.length - line.trimStart().length;
}

function outdent(html: string, by: number): string {
  return html.replaceAll(`\n${' '.repeat(by)}`, '\n');
}
