import { day } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AttachmentRow, ChannelAdapter, ChannelRow, ContactRow, Outbound, SendResult } from '../channel.ts';
import { openBox, type SecretBox } from '../secret-box.ts';
import { openWhatsAppConfig, whatsAppKind } from './config.ts';
import { isFileRefusal, isTemplateRefusal } from './errors.ts';
import { failureReason } from './failure-reasons.ts';
import { fetchMedia } from './fetch-media.ts';
import { graphClient, type GraphClient, type GraphOptions } from './graph.ts';
import { refusalOf, successOf } from './graph-reply.ts';
import { addressOf } from './identity.ts';
import { whatsappLimits } from './limits.ts';
import { messageBody, reactionBody, type MessageBody } from './message-body.ts';
import { userIdOf } from './parse/contact.ts';
import { fieldsOf, idOf, listOf } from './parse/fields.ts';
import { whatsappTemplates } from './templates.ts';
import { uploadedIdOf, uploader, type UploadDeps } from './upload.ts';

export interface WhatsAppAdapterDeps extends UploadDeps, GraphOptions {
  readonly log: Log;
  /** Opens the secrets of channels; absent: they are in clear. */
  readonly secretBox?: SecretBox | undefined;
}

/** Meta's Cloud API as a channel. */
export function whatsappAdapter(deps: WhatsAppAdapterDeps): ChannelAdapter {
  const upload = uploader(deps);

  /** Made anew each time: the token may have been renewed. */
  async function graphOf(channel: ChannelRow): Promise<GraphClient> {
    return graphClient(await openWhatsAppConfig(channel, deps.secretBox ?? openBox), deps);
  }

  async function configured(channel: ChannelRow): Promise<GraphClient | null> {
    try {
      return await graphOf(channel);
    } catch (error) {
      deps.log('error', 'channel configuration is not valid', { channelId: channel.id, error: String(error) });
      return null;
    }
  }

  /** Brings every file of the message to Meta; the ids by our own, or why one of them is not there. */
  async function mediaIdsFor(graph: GraphClient, { channel, files }: Outbound, signal: AbortSignal) {
    const mediaIds = new Map<string, string>();
    for (const file of files) {
      // Read anew: `prepare` may have uploaded it since the row was loaded.
      const row = await deps.db.read.selectFrom('attachments').selectAll().where('id', '=', file.id).executeTakeFirst();
      const known = uploadedIdOf(row ?? file, channel.id, deps.clock.now());
      const uploaded = known === null ? await upload(graph, row ?? file, signal) : null;
      if (uploaded !== null && uploaded.outcome !== 'uploaded') return uploaded;
      mediaIds.set(file.id, known ?? uploaded?.mediaId ?? '');
    }
    return mediaIds;
  }

  async function post(
    { channel, contact, message }: Outbound,
    made: MessageBody,
    signal: AbortSignal,
  ): Promise<SendResult> {
    if ('code' in made) return { outcome: 'failed', ...made };
    const graph = await graphOf(channel);
    const reply = await graph.postMessage(made.body, { signal });
    if (successOf(reply) !== null) return acceptedFrom(successOf(reply), contact);
    const refusal = refusalOf(reply);
    if (refusal.outcome === 'failed') {
      deps.log('warn', 'message refused', { messageId: message.id, code: refusal.code });
    }
    return refusal;
  }

  return {
    kind: whatsAppKind,
    serviceWindowMs: day,
    templates: whatsappTemplates(configured, deps),
    failureReason,
    isTemplateRefusal,
    isFileRefusal,

    limits: whatsappLimits,

    async prepare(outbound, { signal }) {
      const graph = await configured(outbound.channel);
      if (graph === null) return notConfigured;
      const mediaIds = await mediaIdsFor(graph, outbound, signal);
      return 'outcome' in mediaIds ? mediaIds : { outcome: 'ready' };
    },

    async send(outbound, { signal }) {
      const graph = await configured(outbound.channel);
      if (graph === null) return notConfigured;
      const mediaIds = await mediaIdsFor(graph, outbound, signal);
      return 'outcome' in mediaIds ? mediaIds : await post(outbound, messageBody(outbound, mediaIds), signal);
    },

    async react(outbound, emoji, { signal }) {
      if ((await configured(outbound.channel)) === null) return notConfigured;
      return await post(outbound, reactionBody(outbound, emoji), signal);
    },

    async markRead({ channel, message }, { signal, typing = false }) {
      if (message.providerId === null) return;
      const body = {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: message.providerId,
        ...(typing && { typing_indicator: { type: 'text' } }),
      };
      const graph = await graphOf(channel);
      const reply = await graph.postMessage(body, { signal });
      if (successOf(reply) === null) throw new Error(`unable to mark as read; ${refusalOf(reply).detail}`);
    },

    async probe(channel, { signal }) {
      const graph = await configured(channel);
      if (graph === null) return notConfigured;
      const reply = await graph.numberInfo({ signal });
      if (successOf(reply) !== null) return { outcome: 'well' };
      const refusal = refusalOf(reply);
      if (refusal.outcome !== 'unconfirmed') return refusal;
      return { outcome: 'retry', code: 'unreachable', detail: refusal.detail, afterMs: null };
    },

    async fetchMedia(channel: ChannelRow, attachment: AttachmentRow, key, { signal }) {
      return await fetchMedia(await graphOf(channel), attachment, key, { ...deps, signal });
    },
  };
}

const notConfigured = {
  outcome: 'failed',
  code: 'configuration',
  detail: 'the configuration of the channel is not valid',
  trouble: { status: 'misconfigured', pauses: true },
} as const;

/** A success without an id says that Meta took it, and not how to follow it: its statuses will tell. */
function acceptedFrom(body: unknown, { address, userId }: ContactRow): SendResult {
  const { messages, contacts } = fieldsOf(body);
  const providerId = idOf(fieldsOf(listOf(messages)[0])['id']);
  if (providerId === null) return { outcome: 'unconfirmed', detail: 'the API accepted it without an id' };
  const contact = fieldsOf(listOf(contacts)[0]);
  const waId = addressOf(idOf(contact['wa_id']));
  const toldId = userIdOf(contact['user_id']);
  return {
    outcome: 'accepted',
    providerId,
    address: waId === address ? null : waId,
    userId: toldId === userId ? null : toldId,
  };
}
