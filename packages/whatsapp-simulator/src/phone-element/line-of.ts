import type { MessageContent } from '../state/message.ts';

function captioned(kind: string, caption: string | undefined): string {
  return caption === undefined || caption === '' ? kind : `${kind}: ${caption}`;
}

/** One line about a message, for the lock screen and for quotes. */
export function lineOf(content: MessageContent): string {
  switch (content.type) {
    case 'text':
    case 'interactive':
    case 'template':
      return content.body;
    case 'reply':
      return content.title;
    case 'image':
      return captioned('Foto', content.caption);
    case 'video':
      return captioned('Vídeo', content.caption);
    case 'document':
      return content.filename ?? 'Documento';
    case 'audio':
      return content.voice === true ? 'Mensagem de voz' : 'Áudio';
    case 'sticker':
      return 'Figurinha';
    case 'location':
      return captioned('Localização', content.name ?? content.address);
    case 'contacts':
      return captioned('Contato', content.contacts.map((card) => card.name.formatted_name).join(', '));
    case 'order':
      return captioned('Pedido', content.lines.map((line) => line.name).join(', '));
    case 'unsupported':
      return content.kind === 'revoked' ? 'Mensagem apagada' : 'Mensagem não suportada';
  }
}
