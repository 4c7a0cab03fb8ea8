import { agentRoutes } from './agents.ts';
import { attachmentRoutes } from './attachments.ts';
import { channelRoutes } from './channels.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversation-routes.ts';
import { customerRoutes } from './customers.ts';
import { deadLetterRoutes } from './dead-letters.ts';
import { dispatchRoutes } from './dispatches.ts';
import { eventRoutes } from './events.ts';
import { hsmRoutes } from './hsm.ts';
import { messageRoutes } from './messages.ts';
import { profileRoutes } from './profiles.ts';
import { protocolRoutes } from './protocols.ts';
import { queueRoutes } from './queues.ts';
import { searchRoutes } from './search.ts';
import { settingsRoutes } from './settings.ts';
import { surveyRoutes } from './surveys.ts';
import { tagRoutes } from './tags.ts';
import { webchatRoutes } from './webchat.ts';

/** Every route of the contract, by resource. */
export const routes = {
  conversations: conversationRoutes,
  messages: messageRoutes,
  customers: customerRoutes,
  contacts: contactRoutes,
  queues: queueRoutes,
  agents: agentRoutes,
  attachments: attachmentRoutes,
  protocols: protocolRoutes,
  profiles: profileRoutes,
  tags: tagRoutes,
  settings: settingsRoutes,
  search: searchRoutes,
  hsm: hsmRoutes,
  dispatches: dispatchRoutes,
  surveys: surveyRoutes,
  channels: channelRoutes,
  deadLetters: deadLetterRoutes,
  webchat: webchatRoutes,
  events: eventRoutes,
};

export type Routes = typeof routes;
