import * as z from 'zod/mini';
import type { ChannelRow } from '../channel.ts';
import { readReceiptPolicies } from '../read-receipts.ts';

const word = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,1024}$/, 'must be 1 to 1024 visible ASCII characters, no blanks'));
const providerId = z.string().check(z.regex(/^\w{1,64}$/, 'must be the id as Meta shows it: letters and digits'));

const schema = z.object({
  phoneNumberId: providerId,
  businessAccountId: providerId,
  accessToken: word,
  /** Several while a secret is being replaced: each of them verifies. None: webhooks are refused. */
  appSecrets: z.array(word).check(z.maxLength(10)),
  verifyToken: word,
  /** Meta, or the simulator. */
  baseUrl: z.string().check(z.refine(isBaseUrl, 'must be an http or https address without query or password')),
  graphVersion: z.string().check(z.regex(/^v\d{1,3}\.\d{1,3}$/, 'must look like v25.0')),
  displayPhoneNumber: z.optional(z.string()),
  /** An automation has its conversations first; absent: nobody has. */
  bot: z.optional(z.boolean()),
  /** When customers are told that they were read; absent: as soon as the conversation is opened. */
  readReceipts: z.optional(z.enum(readReceiptPolicies)),
  /** What Meta lets the number send (Meta, "Throughput"); absent: 80. */
  messagesPerSecond: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1000))),
});

/** What a WhatsApp channel needs; kept as JSON in `channels.config`. */
export type WhatsAppConfig = Readonly<Omit<z.output<typeof schema>, 'appSecrets'>> & {
  readonly appSecrets: readonly string[];
};

export const whatsAppKind = 'whatsapp';

function isBaseUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || url.protocol === 'http:');
}

/**
 * Checks a channel's configuration. Throws with a sentence that names the field; the message never holds a value,
 * because most of them are secrets.
 */
export function parseWhatsAppConfig(value: unknown): WhatsAppConfig {
  const result = schema.safeParse(value);
  if (result.success) return { ...result.data, baseUrl: result.data.baseUrl.replace(/\/+$/, '') };
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the configuration'} ${issue.message}`,
  );
  throw new Error(`unable to read the configuration of a WhatsApp channel; ${problems.join('; ')}`);
}

/** The configuration of a stored channel. */
export function whatsAppConfigOf(channel: Pick<ChannelRow, 'id' | 'config'>): WhatsAppConfig {
  let value: unknown;
  try {
    value = JSON.parse(channel.config);
  } catch {
    throw new Error(`unable to read the configuration of channel ${channel.id}; it is not JSON`);
  }
  return parseWhatsAppConfig(value);
}

/** Every number has this to begin with (Meta, "Throughput"). */
const usualMessagesPerSecond = 80;

/** How many messages the number may send in a second. */
export function messagesPerSecondOf({ config }: Pick<ChannelRow, 'config'>): number {
  try {
    return parseWhatsAppConfig(JSON.parse(config)).messagesPerSecond ?? usualMessagesPerSecond;
  } catch {
    return usualMessagesPerSecond;
  }
}
