import {
  templateCategories,
  templateQualities,
  type TemplateCategory,
  type TemplateQuality,
  type TemplateStatus,
} from '@prosa/core/contract';
import { lineOf } from './fields.ts';

/**
 * Meta's names, as statuses of lists and as events of webhooks (Meta, "message_template_status_update"). `FLAGGED` and
 * `LOCKED` warn: such a template can still be sent. What is archived is deleted later, and cannot be sent till then.
 */
const statuses: Readonly<Record<string, TemplateStatus | 'deleted'>> = {
  APPROVED: 'approved',
  REINSTATED: 'approved',
  UNARCHIVED: 'approved',
  FLAGGED: 'approved',
  LOCKED: 'approved',
  PENDING: 'submitted',
  IN_APPEAL: 'submitted',
  REJECTED: 'rejected',
  LIMIT_EXCEEDED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  ARCHIVED: 'disabled',
  PENDING_DELETION: 'deleted',
  DELETED: 'deleted',
};

export function statusOfEvent(value: unknown): TemplateStatus | 'deleted' | null {
  const name = lineOf(value, 40)?.toUpperCase() ?? '';
  return Object.hasOwn(statuses, name) ? (statuses[name] ?? null) : null;
}

/** `FLAGGED` or `LOCKED`; `null`: it is no warning. */
export function warningOf(value: unknown): string | null {
  const name = lineOf(value, 40)?.toUpperCase();
  return name === 'FLAGGED' || name === 'LOCKED' ? name : null;
}

/** `null`: Meta does not know it yet, or calls it something new. */
export function qualityOf(value: unknown): TemplateQuality | null {
  const name = lineOf(value, 40)?.toLowerCase();
  return templateQualities.find((quality) => quality === name) ?? null;
}

/** `en_US`; webhooks write `en-US`. */
export function languageOf(value: unknown): string | null {
  return lineOf(value, 20)?.replaceAll('-', '_') ?? null;
}

export function categoryOf(value: unknown): TemplateCategory | null {
  const name = lineOf(value, 40)?.toUpperCase();
  return templateCategories.find((category) => category === name) ?? null;
}
