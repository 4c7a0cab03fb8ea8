import { schedule } from '../context.ts';
import type { SimulatorContext } from '../context.ts';
import type { JsonObject } from '../json.ts';
import type {
  Template,
  TemplateCategory,
  TemplateQuality,
  TemplateRejection,
  TemplateStatus,
} from '../state/template.ts';
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
  // The words of templates for codes are Meta's own, and the same in all of them.
  if (template.category === 'AUTHENTICATION') return { status: 'APPROVED' };
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

/** `POST /{template-id}/unpause`, which Meta knows for templates paused by rate. */
export function unpauseTemplate(context: SimulatorContext, template: Template): JsonObject {
  if (template.status !== 'PAUSED') {
    return { success: false, reason: `The template is ${template.status}, not PAUSED.` };
  }
  settleTemplate(context, template, { status: 'APPROVED' });
  return { success: true };
}

function send(context: SimulatorContext, template: Template, field: string, value: JsonObject): void {
  const number = [...context.state.numbers.values()].find((each) => each.wabaId === template.wabaId);
  if (!number) return;
  const time = Math.floor(context.clock.now() / 1000);
  context.webhooks.send({ number, lane: 'templates', change: { wabaId: template.wabaId, field, time, value } });
}

function subject(template: Template): JsonObject {
  return {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    // With a hyphen, where the API has an underscore (Meta's samples).
    message_template_language: template.language.replace('_', '-'),
  };
}

/** Changes what people think of a template, with Meta's webhook about it. */
export function rateTemplate(context: SimulatorContext, template: Template, quality: TemplateQuality): Template {
  const previous = template.quality ?? 'GREEN';
  if (previous === quality) return template;
  const changed = keepTemplate(context, { ...template, quality });
  send(context, changed, 'message_template_quality_update', {
    previous_quality_score: previous,
    new_quality_score: quality,
    ...subject(changed),
  });
  return changed;
}

/** Meta puts a template into another category, as it does with marketing in disguise. */
export function recategorize(context: SimulatorContext, template: Template, category: TemplateCategory): Template {
  const previous = template.category;
  if (previous === category) return template;
  const changed = keepTemplate(context, { ...template, category, previous_category: previous });
  send(context, changed, 'template_category_update', {
    ...subject(changed),
    previous_category: previous,
    new_category: category,
  });
  return changed;
}

function announce(
  context: SimulatorContext,
  template: Template,
  reason: TemplateRejection,
  recommendation: string | undefined,
): void {
  send(context, template, 'message_template_status_update', {
    event: template.status,
    ...subject(template),
    reason,
    message_template_category: template.category,
    ...(recommendation === undefined
      ? {}
      : { rejection_info: { reason: 'The template does not follow the format rules.', recommendation } }),
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
