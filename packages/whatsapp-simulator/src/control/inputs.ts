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

export const templateInput = z.object({
  wabaId: z.string(),
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.string(),
  category: z.enum(['AUTHENTICATION', 'MARKETING', 'UTILITY']),
  status: status.optional(),
  parameter_format: z.enum(['NAMED', 'POSITIONAL']).optional(),
  components: z.array(component),
});

const scope = {
  times: z.number().int().positive().nullable().optional(),
  to: z.string().optional(),
  phoneNumberId: z.string().optional(),
};
const coded = { code: z.number().int(), details: z.string().optional() };

export const faultInput = z.discriminatedUnion('kind', [
  z.object({ ...scope, kind: z.literal('throttle'), code: z.literal([130429, 131056]).optional() }),
  z.object({ ...scope, kind: z.literal('expired_token') }),
  z.object({ ...scope, kind: z.literal('server_error') }),
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
  z.object({ ...scope, kind: z.literal('webhook_down') }),
]) satisfies z.ZodType<Fault>;
