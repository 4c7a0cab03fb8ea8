import { schedule } from '../context.ts';
import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type { Template, TemplateRejection, TemplateStatus } from '../state/template.ts';
import { keepTemplate } from './templates.ts';

/** What a review says. */
export interface Verdict {
  readonly status: TemplateStatus;
  readonly reason?: TemplateRejection | undefined;
  /** For `INVALID_FORMAT`: what to change. */
  readonly recommendation?: string | undefined;
}

function wordsOf(template: Template, type: 'BODY' | 'FOOTER'): string {
  const found = template.components.find((each) => each.type === type);
  return found && 'text' in found ? (found.text ?? '') : '';
}

function fingerprint(template: Template): string {
  return JSON.stringify([wordsOf(template, 'BODY'), wordsOf(template, 'FOOTER')]);
}

/** Whoever wants to see a rejection writes `rejeitar` in the name or the body. */
function judge(context: SimulatorContext, template: Template): Verdict {
  const ordered = context.faults.take('reject_template');
  if (ordered) return { status: 'REJECTED', reason: ordered.reason ?? 'INVALID_FORMAT' };
  if (/rejeitar/i.test(`${template.name} ${wordsOf(template, 'BODY')}`)) {
    return {
      status: 'REJECTED',
      reason: 'INVALID_FORMAT',
      recommendation: 'Retire a palavra "rejeitar" do nome e do texto.',
    };
  }
  const twin = [...context.state.templates.values()].find(
    (each) =>
      each.id !== template.id &&
      each.wabaId === template.wabaId &&
      each.status !== 'DELETED' &&
      fingerprint(each) === fingerprint(template),
  );
  if (!twin) return { status: 'APPROVED' };
  return {
    status: 'REJECTED',
    reason: 'INVALID_FORMAT',
    recommendation: `O texto é igual ao do modelo ${twin.name}. Mude o corpo ou o rodapé.`,
  };
}

/** Ends a review, or pauses and disables, with Meta's webhook about it. */
export function settleTemplate(context: SimulatorContext, template: Template, verdict: Verdict): Template {
  const { reviewAt: _done, ...rest } = template;
  const rejected = verdict.status === 'REJECTED';
  const reason = rejected ? (verdict.reason ?? 'INVALID_FORMAT') : 'NONE';
  const changed = keepTemplate(context, { ...rest, status: verdict.status, rejected_reason: reason });
  announce(context, changed, reason, rejected && reason === 'INVALID_FORMAT' ? verdict.recommendation : undefined);
  return changed;
}

function announce(
  context: SimulatorContext,
  template: Template,
  reason: TemplateRejection,
  recommendation: string | undefined,
): void {
  const number = [...context.state.numbers.values()].find((each) => each.wabaId === template.wabaId);
  if (!number) return;
  const value: JsonObject = {
    event: template.status,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    reason,
    message_template_category: template.category,
    ...(recommendation === undefined
      ? {}
      : { rejection_info: { reason: 'The template does not follow the format rules.', recommendation } }),
  };
  context.webhooks.send({
    number,
    lane: 'templates',
    change: {
      wabaId: template.wabaId,
      field: 'message_template_status_update',
      time: Math.floor(context.clock.now() / 1000),
      value,
    },
  });
}

/**
 * Hands a template in. Nobody waits for a review that takes its time, so it is activity only from the moment of its
 * verdict. A verdict by hand, an edit or a deletion in between makes the review void.
 */
export function submitTemplate(context: SimulatorContext, template: Template): Template {
  const ms = context.pace.reviewMs;
  const waiting = keepTemplate(context, {
    ...template,
    status: 'PENDING',
    rejected_reason: 'NONE',
    reviewAt: context.clock.now() + ms,
  });
  awaitReview(context, waiting, ms);
  return waiting;
}

function awaitReview(context: SimulatorContext, waiting: Template, ms: number): void {
  const review = (): void => {
    const current = context.state.templates.get(waiting.id);
    if (current === waiting) settleTemplate(context, waiting, judge(context, waiting));
  };
  if (ms <= 0) {
    schedule(context, 0, review);
    return;
  }
  const cancel = context.clock.after(ms, () => {
    context.closing.removeEventListener('abort', cancel);
    review();
  });
  context.closing.addEventListener('abort', cancel, { once: true });
}

/** Takes up the reviews that were under way when the state was kept. */
export function resumeReviews(context: SimulatorContext): void {
  for (const template of context.state.templates.values()) {
    if (template.reviewAt === undefined) continue;
    awaitReview(context, template, Math.max(0, template.reviewAt - context.clock.now()));
  }
}
