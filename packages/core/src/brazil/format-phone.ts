import { parseBrazilian } from './phone-parts.ts';

/** `+5583999142210` → `+55 83 9 9914-2210`; numbers of North America as `+1 650 555 1234`; others as they are. */
export function formatPhone(e164: string): string {
  const phone = parseBrazilian(e164);
  if (!phone) return formatForeign(e164);
  const { area, subscriber } = phone;
  const last = subscriber.slice(-4);
  const first = subscriber.slice(0, -4);
  const grouped = first.length === 5 ? `${first.slice(0, 1)} ${first.slice(1)}` : first;
  return `+55 ${area} ${grouped}-${last}`;
}

function formatForeign(e164: string): string {
  const match = /^\+(1)(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return match ? `+${match.slice(1).join(' ')}` : e164;
}
