import { isFields, type Fields } from './fields.ts';

/** Deeper than this Meta nests nothing, and what nests without end breaks whoever writes it down. */
const deepest = 32;
const longestText = 8000;
const mostParts = 300;
/** In characters of JSON; the webhook itself is kept whole. */
const largest = 100_000;

/** What is shown as it came, cut where it has no end: it is stored with the message, and goes to every browser. */
export function keptRaw(value: Fields): Fields {
  const kept = cut(value, 0) as Fields;
  if (JSON.stringify(kept).length <= largest) return kept;
  return Object.fromEntries(Object.entries(kept).filter(([, part]) => typeof part !== 'object'));
}

function cut(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '…';
  if (Array.isArray(value)) return value.slice(0, mostParts).map((part) => cut(part, depth + 1));
  if (!isFields(value)) return null;
  const parts = Object.entries(value).slice(0, mostParts);
  return Object.fromEntries(parts.map(([name, part]) => [name, cut(part, depth + 1)]));
}
