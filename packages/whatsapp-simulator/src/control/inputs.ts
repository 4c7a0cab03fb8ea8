import { z } from 'zod';
import type { TemplateComponent } from '../state/template.ts';
import type { Fault } from './faults.ts';

export const numberInput = z.object({
  phoneNumberId: z.string().regex(/^\d+$/),
  wabaId: z.string().regex(/^\d+$/),
  displayPhoneNumber: z.string().min(7),
  token: z.string().min(1),
  appSecret: z.string().min(1),
  verifiedName: z.string().optional(),
  webhookVersion: z.string().optional(),
  appId: z.string().optional(),
});

export const healthInput = z.object({
  quality: z.enum(['GREEN', 'RED', 'UNKNOWN', 'YELLOW']).optional(),
  limit: z.enum(['TIER_250', 'TIER_2K', 'TIER_10K', 'TIER_100K', 'TIER_UNLIMITED']).optional(),
  status: z.enum(['BANNED', 'CONNECTED', 'DISCONNECTED', 'FLAGGED', 'RESTRICTED']).optional(),
});

export const groupInput = z.object({
  phoneNumberId: z.string(),
  id: z.string().min(1),
  subject: z.string().optional(),
});

export const phoneInput = z.object({
  name: z.string().min(1),
  waId: z.string().min(7),
  username: z.string().optional(),
  readReceipts: z.boolean().optional(),
  hidesNumber: z.boolean().optional(),
});

export const subscriptionInput = z.object({
  callbackUrl: z.url(),
  verifyToken: z.string(),
  wabaId: z.string().optional(),
  phoneNumberId: z.string().optional(),
});

export const clockInput = z.object({ advanceMs: z.number().nonnegative() });

const component = z.custom<TemplateComponent>(
  (value) => typeof value === 'object' && value !== null && 'type' in value,
  'a component with a type',
);

const status = z.enum(['APPROVED', 'DELETED', 'DISABLED', 'PAUSED', 'PENDING', 'REJECTED']);
const reason = z.enum([
  'ABUSIVE_CONTENT',
  'INCORRECT_CATEGORY',
  'INVALID_FORMAT',
  'NONE',
  'PROMOTIONAL',
  'SCAM',
  'TAG_CONTENT_MISMATCH',
]);

export const templateStatusInput = z.object({
  wabaId: z.string(),
  name: z.string(),
  language: z.string().optional(),
  status,
  reason: reason.optional(),
});

const templateName = { wabaId: z.string(), name: z.string(), language: z.string().optional() };
const category = z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY']);

export const templateQualityInput = z.object({
  ...templateName,
  quality: z.enum(['GREEN', 'RED', 'UNKNOWN', 'YELLOW']),
});

export const templateCategoryInput = z.object({ ...templateName, category });

export const templateInput = z.object({
  wabaId: z.string(),
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string(),
  category,
  status: status.optional(),
  parameter_format: z.enum(['NAMED', 'POSITIONAL']).optional(),
  components: z.array(component),
});

const scope = {
  times: z.number().int().positive().nullable().optional(),
  to: z.string().optional(),
  phoneNumberId: z.string().optional(),
  edge: z.string().optional(),
};
const coded = { code: z.number().int(), details: z.string().optional() };

export const faultInput = z.discriminatedUnion('kind', [
  z.object({ ...scope, kind: z.literal('throttle'), code: z.literal([4, 130429, 131056, 80007]).optional() }),
  z.object({ ...scope, kind: z.literal('expired_token') }),
  z.object({ ...scope, kind: z.literal('server_error'), status: z.literal([500, 502, 503, 504]).optional() }),
  z.object({ ...scope, kind: z.literal('slow_answers'), delayMs: z.number().nonnegative().optional() }),
  z.object({ ...scope, kind: z.literal('graph_error'), ...coded }),
  z.object({
    ...scope,
    kind: z.literal('lost_answer'),
    mode: z.enum(['delay', 'drop', 'hang']).optional(),
    delayMs: z.number().nonnegative().optional(),
  }),
  z.object({ ...scope, kind: z.literal('fail_message'), ...coded }),
  z.object({ ...scope, kind: z.literal('skip_delivered') }),
  z.object({ ...scope, kind: z.literal('reject_template'), reason: reason.optional() }),
  z.object({ ...scope, kind: z.literal('duplicate_webhook'), copies: z.number().int().positive().optional() }),
  z.object({ ...scope, kind: z.literal('reorder_statuses') }),
  z.object({ ...scope, kind: z.literal('delay_webhooks'), delayMs: z.number().nonnegative() }),
  z.object({
    ...scope,
    kind: z.literal('late_status'),
    status: z.enum(['delivered', 'failed', 'read', 'sent']).optional(),
    delayMs: z.number().nonnegative().optional(),
  }),
  z.object({ ...scope, kind: z.literal('webhook_down') }),
  z.object({ ...scope, kind: z.literal('cut_webhook') }),
  z.object({
    ...scope,
    kind: z.literal('batch_webhooks'),
    size: z.number().int().min(2).max(1000).optional(),
    withinMs: z.number().nonnegative().optional(),
  }),
]) satisfies z.ZodType<Fault>;
