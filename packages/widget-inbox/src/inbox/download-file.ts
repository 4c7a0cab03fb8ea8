import type { Attachment } from '@prosa/core/contract';
import type { MediaController } from '@prosa/ui';

/** Saves a file of the conversation, with a link of this moment. */
export async function downloadAttachment(media: MediaController, attachment: Attachment): Promise<void> {
  const url = await media.fresh(attachment);
  if (url) downloadFile(url, attachment.fileName);
}

/** Opens a signed link, which answers with a disposition that saves it. The page stays where it is. */
function downloadFile(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.click();
}
