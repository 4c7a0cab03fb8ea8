import * as z from 'zod/mini';
import type { ChannelRow } from '../channel.ts';
import { readReceiptPolicies } from '../read-receipts.ts';
import { isSealed, SecretBoxError, type SecretBox } from '../secret-box.ts';

/** A secret: as it is, or sealed and so longer. */
const word = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,2048}$/, 'must be 1 to 1024 visible ASCII characters, no blanks'));
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
  /** Meta's id of the app: examples of header files of templates are uploaded to it. */
  appId: z.optional(providerId),
  /** What the number may send; absent: as much as Meta lets it. */
  messagesPerSecond: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(1000))),
});

/** What a WhatsApp channel needs; kept as JSON in `channels.config`, there with sealed secrets. */
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
  const config = parseStored(value);
  const secrets = [config.accessToken, config.verifyToken, ...config.appSecrets];
  if (!secrets.some((secret) => secret.length > 1024 || isSealed(secret))) return config;
  throw new Error(
    'unable to read the configuration of a WhatsApp channel; a token or secret must be 1 to 1024 visible ASCII ' +
      'characters, as Meta shows it',
  );
}

function parseStored(value: unknown): WhatsAppConfig {
  const result = schema.safeParse(value);
  if (result.success) return { ...result.data, baseUrl: result.data.baseUrl.replace(/\/+$/, '') };
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the configuration'} ${issue.message}`,
  );
  throw new Error(`unable to read the configuration of a WhatsApp channel; ${problems.join('; ')}`);
}

type StoredChannel = Pick<ChannelRow, 'id' | 'config'>;

/** The configuration of a stored channel, with its secrets sealed as they are. */
export function whatsAppConfigOf(channel: StoredChannel): WhatsAppConfig {
  let value: unknown;
  try {
    value = JSON.parse(channel.config);
  } catch {
    throw new Error(`unable to read the configuration of channel ${channel.id}; it is not JSON`);
  }
  return parseStored(value);
}

/** The configuration of a stored channel, as it can be used. Rejects when a secret cannot be opened. */
export async function openWhatsAppConfig(channel: StoredChannel, box: SecretBox): Promise<WhatsAppConfig> {
  const stored = whatsAppConfigOf(channel);
  try {
    return await eachSecret(stored, (secret, name) => box.open(secret, placeOf(channel.id, name)));
  } catch (error) {
    if (!(error instanceof SecretBoxError)) throw error;
    throw new SecretBoxError(`unable to read the secrets of the channel ${channel.id}; ${error.message}`);
  }
}

/** What is stored of a configuration: its secrets sealed, and how each of them ends, by which people know it again. */
export async function sealWhatsAppConfig(config: WhatsAppConfig, channelId: string, box: SecretBox): Promise<string> {
  const sealed = await eachSecret(config, (secret, name) => box.seal(secret, placeOf(channelId, name)));
  const { accessToken, verifyToken, appSecrets } = config;
  const hints = { accessToken: endOf(accessToken), verifyToken: endOf(verifyToken), appSecrets: appSecrets.map(endOf) };
  return JSON.stringify({ ...sealed, hints });
}

/** Of a short one every character is worth keeping. */
function endOf(secret: string): string {
  return secret.length < 16 ? '' : secret.slice(-4);
}

/** Some secret of it is in clear, or sealed with a former key. */
export function isStaleConfig({ accessToken, verifyToken, appSecrets }: WhatsAppConfig, box: SecretBox): boolean {
  return [accessToken, verifyToken, ...appSecrets].some((secret) => box.isStale(secret));
}

async function eachSecret(
  config: WhatsAppConfig,
  change: (secret: string, name: string) => Promise<string>,
): Promise<WhatsAppConfig> {
  const [accessToken, verifyToken, appSecrets] = await Promise.all([
    change(config.accessToken, 'accessToken'),
    change(config.verifyToken, 'verifyToken'),
    Promise.all(config.appSecrets.map((secret) => change(secret, 'appSecret'))),
  ]);
  return { ...config, accessToken, verifyToken, appSecrets };
}

function placeOf(channelId: string, name: string): string {
  return `${channelId} ${name}`;
}

/** What was set; `undefined`: nothing, or it cannot be read. */
export function messagesPerSecondSet({ config }: Pick<ChannelRow, 'config'>): number | undefined {
  try {
    return parseStored(JSON.parse(config)).messagesPerSecond;
  } catch {
    return undefined;
  }
}
