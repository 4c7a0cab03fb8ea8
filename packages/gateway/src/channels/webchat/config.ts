import type { WebchatConfig } from '@prosa/core/contract';
import * as z from 'zod/mini';
import type { ChannelRow } from '../channel.ts';

export const webchatKind = 'webchat';

/** Largest file that a visitor can send, in bytes. */
export const visitorFileMaxBytes = 16 * 1024 * 1024;

const line = (maxLength: number) =>
  z.string().check(z.trim(), z.minLength(1, 'must not be empty'), z.maxLength(maxLength, 'is too long'));
const formField = z.enum(['required', 'optional', 'hidden'], 'must be required, optional or hidden');

/** What a later version added is passed over: one webchat must not keep the others from being served. */
const schema = z.object({
  title: line(60),
  greeting: line(300),
  subtitle: z.nullable(line(300)),
  accent: z.nullable(z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'must look like #0b6e4f'))),
  position: z.enum(['right', 'left'], 'must be right or left'),
  form: z.object({
    name: formField,
    email: formField,
    subjects: z.array(line(100)).check(z.maxLength(20, 'are at most 20')),
  }),
  /** Pages that may open the webchat; no other list counts for visitors. */
  origins: z.array(z.string()).check(z.maxLength(100, 'are at most 100')),
  /** An automation has its conversations first. */
  bot: z._default(z.boolean(), false),
});

type Settings = z.output<typeof schema>;

/** What is kept as JSON in `channels.config` of a webchat. */
export type WebchatSettings = Readonly<Omit<Settings, 'form' | 'origins'>> & {
  readonly form: Readonly<Omit<Settings['form'], 'subjects'>> & { readonly subjects: readonly string[] };
  readonly origins: readonly string[];
};

export const defaultWebchatSettings: WebchatSettings = {
  title: 'Atendimento',
  greeting: 'Olá! Como podemos ajudar?',
  subtitle: null,
  accent: null,
  position: 'right',
  form: { name: 'required', email: 'optional', subjects: [] },
  origins: [],
  bot: false,
};

/** Checks the settings of a webchat. Throws with a sentence that names the field. */
export function parseWebchatSettings(value: unknown): WebchatSettings {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || 'the settings'} ${issue.message}`);
  throw new Error(`unable to read the settings of a webchat; ${problems.join('; ')}`);
}

/** The settings of a stored channel. */
export function webchatSettingsOf(channel: Pick<ChannelRow, 'config'>): WebchatSettings {
  return parseWebchatSettings(JSON.parse(channel.config));
}

/** What a page may know. */
export function webchatConfigOf({ origins: _, bot: __, ...shown }: WebchatSettings): WebchatConfig {
  return { ...shown, maxFileBytes: visitorFileMaxBytes };
}
