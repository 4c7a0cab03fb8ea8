import { day } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { AttachmentRow, ChannelAdapter, ChannelRow, Outbound, SendResult } from '../channel.ts';
import { whatsAppConfigOf, whatsAppKind } from './config.ts';
import { fetchMedia } from './fetch-media.ts';
import { graphClient, type GraphClient, type GraphOptions } from './graph.ts';
import { refusalOf, successOf } from './graph-reply.ts';
import { addressOf } from './identity.ts';
import { messageBody } from './message-body.ts';
import { fieldsOf, idOf, listOf } from './parse/fields.ts';
import { whatsappTemplates } from './templates.ts';
import { uploadedIdOf, uploader, type UploadDeps } from './upload.ts';

export interface WhatsAppAdapterDeps extends UploadDeps, GraphOptions {
  readonly log: Log;
}

/** Meta's Cloud API as a channel. */
export function whatsappAdapter(deps: WhatsAppAdapterDeps): ChannelAdapter {
  const upload = uploader(deps);

  /** Made anew each time: the token may have been renewed. */
  function graphOf(channel: ChannelRow): GraphClient {
    return graphClient(whatsAppConfigOf(channel), deps);
  }

  function configured(channel: ChannelRow): GraphClient | null {
    try {
      return graphOf(channel);
    } catch {
      deps.log('error', 'channel configuration is not valid', { channelId: channel.id });
      return null;
    }
  }

  async function mediaIdFor(graph: GraphClient, { channel, attachment }: Outbound, signal: AbortSignal) {
    if (attachment === null) return null;
    // Read anew: `prepare` may have uploaded it since the row was loaded.
    const row = await deps.db.read
      .selectFrom('attachments')
      .selectAll()
      .where('id', '=', attachment.id)
      .executeTakeFirst();
    const known = uploadedIdOf(row ?? attachment, channel.id, deps.clock.now());
    if (known !== null) return { outcome: 'uploaded', mediaId: known } as const;
    return await upload(graph, row ?? attachment, signal);
  }

  return {
    kind: whatsAppKind,
    serviceWindowMs: day,
    templates: whatsappTemplates(configured),

    async prepare(outbound, { signal }) {
      const graph = configured(outbound.channel);
      if (graph === null) return notConfigured;
      const uploaded = await mediaIdFor(graph, outbound, signal);
      return uploaded === null || uploaded.outcome === 'uploaded' ? { outcome: 'ready' } : uploaded;
    },

    async send(outbound, { signal }) {
      const graph = configured(outbound.channel);
      if (graph === null) return notConfigured;
      const uploaded = await mediaIdFor(graph, outbound, signal);
      if (uploaded !== null && uploaded.outcome !== 'uploaded') return uploaded;
      const message = messageBody(outbound, uploaded?.mediaId ?? null);
      if ('code' in message) return { outcome: 'failed', ...message };
      const reply = await graph.postMessage(message.body, { signal });
      if (reply.kind !== 'answer' || reply.status < 200 || reply.status >= 300) {
        const refusal = refusalOf(reply);
        if (refusal.outcome === 'failed') {
          deps.log('warn', 'message refused', { messageId: outbound.message.id, code: refusal.code });
        }
        return refusal;
      }
      return acceptedFrom(reply.body, outbound.contact.address);
    },

    async markRead({ channel, message }, { signal }) {
      if (message.providerId === null) return;
      const body = { messaging_product: 'whatsapp', status: 'read', message_id: message.providerId };
      const reply = await graphOf(channel).postMessage(body, { signal });
      if (successOf(reply) === null) throw new Error(`unable to mark as read; ${refusalOf(reply).detail}`);
    },

    async fetchMedia(channel: ChannelRow, attachment: AttachmentRow, key, { signal }) {
      return await fetchMedia(graphOf(channel), attachment, key, { ...deps, signal });
    },
  };
}

const notConfigured = {
  outcome: 'failed',
  code: 'configuration',
  detail: 'the configuration of the channel is not valid',
} as const;

/** A success without an id says that Meta took it, and not how to follow it: its statuses will tell. */
function acceptedFrom(body: unknown, address: string | null): SendResult {
  const { messages, contacts } = fieldsOf(body);
  const providerId = idOf(fieldsOf(listOf(messages)[0])['id']);
  if (providerId === null) return { outcome: 'unconfirmed', detail: 'the API accepted it without an id' };
  const waId = addressOf(idOf(fieldsOf(listOf(contacts)[0])['wa_id']));
  return { outcome: 'accepted', providerId, address: waId === address ? null : waId };
}
