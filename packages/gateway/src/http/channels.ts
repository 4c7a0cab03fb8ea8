import { testChannel, type TestDeps } from '../channels/whatsapp/test-channel.ts';
import { createChannel, deleteChannel, updateChannel, type ChannelDeps } from '../commands/save-channel.ts';
import { notFound, refuse } from '../domain/problems.ts';
import { channelOf, listChannels, numbersOf } from '../store/channels.ts';
import type { Handlers } from './handlers.ts';

export interface ChannelHandlerDeps extends ChannelDeps, TestDeps {
  /** Meta's Graph API, or the simulator. It is no caller's to choose: tokens go there. */
  readonly graphUrl: string;
}

const newestGraph = 'v25.0';

export function channelHandlers(deps: ChannelHandlerDeps): Handlers['channels'] {
  return {
    list: ({ db, principal }, { query }) => listChannels(db, principal.workspaceId, query),
    async get({ db, principal }, { params }) {
      const query = numbersOf(db, principal.workspaceId).where('id', '=', params.channelId);
      return channelOf((await query.executeTakeFirst()) ?? notFound('channel'));
    },
    async create(unit, _principal, { body: { name, queueId, ...given } }) {
      const settings = { ...given, baseUrl: deps.graphUrl, graphVersion: given.graphVersion ?? newestGraph };
      const row = await createChannel(unit, deps, { settings, name, queueId });
      return channelOf(row ?? refuse('number_taken'));
    },
    update: async (unit, _principal, { params, body }) =>
      channelOf(await updateChannel(unit, deps, params.channelId, body)),
    async delete(unit, _principal, { params }) {
      await deleteChannel(unit, params.channelId);
      return { deleted: true };
    },
    test: ({ principal, signal }, { params }) => testChannel(deps, principal.workspaceId, params.channelId, signal),
  };
}
