type Fields = Readonly<Record<string, unknown>>;

/**
 * What must have happened before an envelope can do anything: the messages that it reacts to, edits and deletes, and
 * those of people whose number, user id or preference it is about. Each is an envelope of its own.
 */
export function peopleBefore(body: Buffer): readonly object[] {
  const changes = listOf(parsed(body)['entry']).flatMap((entry) => listOf(entry['changes']));
  return changes.flatMap((change) => {
    const value = fieldsOf(change['value']);
    const messages = [
      ...listOf(value['messages']).flatMap((message) => messageBefore(message, message['from'])),
      // Echoes stop the automation of a conversation that is open.
      ...listOf(value['message_echoes']).flatMap(({ to }) => text(to, 'wamid.before')),
      ...listOf(value['user_preferences']).map(({ wa_id: from }) => text(from, 'wamid.before')),
      ...listOf(value['user_id_update']).map(({ wa_id: from }) => text(from, 'wamid.before')),
    ];
    return messages.length === 0 ? [] : [envelope(fieldsOf(value['metadata']), messages)];
  });
}

function messageBefore(message: Fields, from: unknown): readonly object[] {
  const reaction = fieldsOf(message['reaction'])['message_id'];
  const edited = fieldsOf(message['edit'])['original_message_id'];
  const revoked = fieldsOf(message['revoke'])['original_message_id'];
  const target = reaction ?? edited ?? revoked;
  if (typeof target === 'string') return [text(from, target)];
  return message['type'] === 'system' ? [text(from, 'wamid.before')] : [];
}

function text(from: unknown, id: string): object {
  return { from, id, timestamp: '1700000000', type: 'text', text: { body: 'Oi' } };
}

function envelope(metadata: Fields, messages: readonly object[]): object {
  const changes = [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata, messages } }];
  return { object: 'whatsapp_business_account', entry: [{ id: '0', changes }] };
}

function parsed(body: Buffer): Fields {
  try {
    return fieldsOf(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}
