import { hour, type Clock } from '../clock.ts';
import type { Log } from '../log.ts';

/** What strangers send must not fill the log. */
const mostEntries = 100;
/** Only what is safe to paste: it is shown as part of a command. */
const webOrigin = /^https?:\/\/[\w.:[\]-]{1,250}$/;

/**
 * Tells the log which pages were turned away, and the command that lets them in: their browser does not say it, and
 * whoever set the gateway up looks here. Each origin once an hour.
 */
export function createRefusedOrigins({ clock, log }: { clock: Clock; log: Log }): (request: Request) => void {
  const told = new Set<string>();
  let since = clock.now();

  return (request) => {
    const origin = request.headers.get('origin') ?? '';
    const isVisitor = new URL(request.url).pathname.startsWith('/v1/webchat/');
    const entry = `${origin} ${isVisitor}`;
    if (clock.now() - since >= hour) {
      told.clear();
      since = clock.now();
    }
    if (told.has(entry) || told.size >= mostEntries || !(webOrigin.test(origin) || origin === 'null')) return;
    told.add(entry);
    log('warn', 'refused a page', { origin, allow: remedy(origin, isVisitor) });
  };
}

function remedy(origin: string, isVisitor: boolean): string {
  if (origin === 'null') return 'a file has no origin, serve the page over HTTP';
  return isVisitor
    ? `prosa-gateway channel update <id> --origin <those it has> --origin ${origin}`
    : `prosa-gateway origin add ${origin}`;
}
