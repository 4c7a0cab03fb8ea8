import type { Message, VisitorContent, VisitorMessage } from '@prosa/core/contract';

/**
 * A message as the visitor of the conversation sees it, or `null` for what is not for them. It is made field by field:
 * what is added to an agent's view stays there until somebody decides otherwise here.
 */
export function visitorMessageOf(message: Message): VisitorMessage | null {
  const content = visitorContentOf(message);
  if (content === null) return null;
  const inbound = message.direction === 'inbound';
  return {
    id: message.id,
    conversationId: message.conversationId,
    author: inbound ? { kind: 'visitor', name: null } : teamAuthorOf(message),
    content,
    clientId: inbound ? message.clientId : null,
    position: message.position,
    createdAt: message.createdAt,
    version: message.version,
  };
}

/** People of the team by name; the names of servers are for the workspace only. */
function teamAuthorOf({ author }: Message): VisitorMessage['author'] {
  if (author.kind === 'agent') return { kind: 'team', name: author.name };
  return { kind: author.kind === 'api' ? 'team' : 'system', name: null };
}

function visitorContentOf({ direction, content }: Message): VisitorContent | null {
  if (content.type === 'event') return noticeOf(content.event);
  if (direction === 'internal') return null;
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.text };
    case 'image':
    case 'video':
    case 'document':
      return { type: content.type, attachment: content.attachment, caption: content.caption };
    case 'audio':
      return { type: 'audio', attachment: content.attachment };
    default:
      return { type: 'unsupported' };
  }
}

type Event = Extract<Message['content'], { readonly type: 'event' }>['event'];

function noticeOf(event: Event): VisitorContent | null {
  switch (event.name) {
    case 'accepted':
      return { type: 'notice', notice: 'agent_joined', agentName: event.by.name };
    case 'transferred':
      return event.toAgent && { type: 'notice', notice: 'agent_joined', agentName: event.toAgent.name };
    case 'assigned':
      return { type: 'notice', notice: 'agent_joined', agentName: event.to.name };
    case 'joined':
      return { type: 'notice', notice: 'agent_joined', agentName: event.agent.name };
    case 'expired':
    case 'discarded':
      return { type: 'notice', notice: 'ended', agentName: null };
    case 'closed':
    case 'ended':
      return { type: 'notice', notice: 'ended', agentName: event.by && isAgent(event.by.id) ? event.by.name : null };
    default:
      return null;
  }
}

function isAgent(id: string): boolean {
  return id.startsWith('agt_');
}
