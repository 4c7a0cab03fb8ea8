import { formatCnpj, formatCpf, formatPhone } from '../brazil/index.ts';
import type { Conversation, Customer } from '../contract/index.ts';

/** What an agent's text can be filled in with. */
export interface WritingContext {
  readonly conversation: Conversation | null;
  /** The record that the contact is linked to, where it is loaded. */
  readonly customer?: Customer | null | undefined;
  /** Who writes. */
  readonly agent?: { readonly id: string; readonly name: string } | null | undefined;
}

/** By name; `null`: nobody knows it. */
export type PlaceholderValues = Readonly<Record<string, string | null>>;

/** A text with its placeholders filled in, as far as they are known. */
export interface FilledText {
  readonly text: string;
  /** Names that nobody knows a value for, each once. They are still in the text. */
  readonly missing: readonly string[];
}

const placeholder = /\{([\p{L}_]+(?:\.[\p{L}_]+)?)\}/gu;

/**
 * The placeholders of agents' texts and what they stand for now: those of automatic messages (`protocolo`, `nome`,
 * `atendente`, `fila`; not `posicao`, which only means something while somebody waits), and fields of the customer and the contact (`cliente.nome`, `contato.telefone` …).
 */
export function placeholderValues({ conversation, customer, agent }: WritingContext): PlaceholderValues {
  const contact = conversation?.contact;
  const name = customer?.name ?? conversation?.customer?.name ?? contact?.name ?? null;
  const phone = customer?.phone ?? contact?.phone ?? null;
  return Object.freeze({
    protocolo: conversation?.protocol ?? null,
    nome: name,
    atendente: agent?.name ?? null,
    fila: conversation?.queue?.name ?? null,
    assunto: conversation?.subject ?? null,
    'cliente.nome': name,
    'cliente.primeiro_nome': name?.trim().split(/\s+/)[0] ?? null,
    'cliente.documento': documentOf(customer),
    'cliente.email': customer?.email ?? contact?.email ?? null,
    'cliente.telefone': phone === null ? null : formatPhone(phone),
    'cliente.endereco': customer?.address ?? null,
    'contato.nome': contact?.name ?? null,
    'contato.telefone': contact?.phone ? formatPhone(contact.phone) : null,
  });
}

/**
 * Fills in the placeholders that have a value. What nobody knows stays as it is and is named, so that a person sees it
 * before the customer does; other words in braces are text.
 *
 * @example
 * fillText('Olá, {cliente.primeiro_nome}!', placeholderValues({ conversation, agent })).text;
 */
export function fillText(text: string, values: PlaceholderValues): FilledText {
  const missing = new Set<string>();
  const filled = text.replace(placeholder, (whole, written: string) => {
    const name = written.toLowerCase();
    if (!Object.hasOwn(values, name)) return whole;
    const value = values[name]?.trim();
    if (!value) missing.add(name);
    return value || whole;
  });
  return { text: filled, missing: [...missing] };
}

function documentOf(customer: Customer | null | undefined): string | null {
  const document = customer?.document;
  if (!document) return null;
  return document.kind === 'cpf' ? formatCpf(document.value) : formatCnpj(document.value);
}
