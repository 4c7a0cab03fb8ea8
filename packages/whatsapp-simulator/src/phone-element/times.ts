const time = new Intl.DateTimeFormat('pt-BR', { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('pt-BR', { weekday: 'long', day: 'numeric', month: 'long' });

export function timeOf(at: number): string {
  return time.format(at);
}

/** Today, yesterday, or the date: what stands between the messages of two days. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((startOf(now) - startOf(at)) / 86_400_000);
  if (days === 0) return 'Hoje';
  return days === 1 ? 'Ontem' : date.format(at);
}

export function startOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** For the lock screen: `sábado, 21 de novembro`. */
export function longDate(at: number): string {
  return date.format(at);
}
