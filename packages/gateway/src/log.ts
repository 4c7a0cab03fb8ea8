/** How much it matters. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Facts about what happened: ids and codes, never the text of a message, a phone or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Where the gateway tells what it does: your own log, or the console. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

export const silentLog: Log = () => undefined;
