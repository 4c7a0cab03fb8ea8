export type LogLevel = 'info' | 'warn' | 'error';

/** Facts about what happened: ids and codes, never the text of a message, a phone or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

export const silentLog: Log = () => undefined;
