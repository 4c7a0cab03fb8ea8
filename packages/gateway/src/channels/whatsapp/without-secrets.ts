import type { WhatsAppConfig } from './config.ts';

const hidden = '[secret]';
/** Shorter ones are words that may stand in any text. */
const shortestSecret = 6;
/** An access token of Meta, whosever it is ("Access tokens"). */
const anyToken = /\bEAA\w{20,}/g;

type Secrets = Pick<WhatsAppConfig, 'accessToken' | 'appSecrets'>;

/**
 * Takes secrets out of what Graph answers: it repeats a token that it cannot read ("Malformed access token …"), and what
 * it says is shown to people, kept with jobs and written to logs.
 * @returns a reader of one text of an answer; `refused`: the answer is an error, and no file address or handle
 */
export function withoutSecrets({ accessToken, appSecrets }: Secrets): (text: string, refused: boolean) => string {
  const own = [accessToken, ...appSecrets]
    .filter(({ length }) => length >= shortestSecret)
    // One may be the beginning of another.
    .sort((a, b) => b.length - a.length);
  return (text, refused) => {
    const clean = own.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
    return refused ? clean.replace(anyToken, hidden) : clean;
  };
}
