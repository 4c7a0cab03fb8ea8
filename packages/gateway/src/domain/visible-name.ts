/** Marks that turn the reading direction or take no room, but the joiner that holds emoji together. */
const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A name that somebody outside gave themselves, as it can be seen; `null` when nothing can. */
export function visibleName(name: string | null): string | null {
  return name?.replace(/\s+/g, ' ').replace(hidden, '').trim() || null;
}
