import type { Attachment } from '@prosa/core/contract';

export type AttachmentKind = Attachment['kind'];
