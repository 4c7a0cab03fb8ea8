import { LazyPart } from '@prosa/ui';
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { DeskFootView } from './desk-foot.ts';

const states: readonly string[] = ['offered', 'triage', 'bot', 'expired'];

/** What only desks with distribution, triage or a bot show; loaded by the first conversation that is in such a state. */
export class DeskPart {
  readonly #foot: LazyPart<typeof import('./desk-foot.ts')>;

  constructor(host: LitElement, onError: (error: unknown) => void) {
    this.#foot = new LazyPart(host, () => import('./desk-foot.ts'), onError);
  }

  /** What stands in the composer's place; `null`: nothing of it, the state is a usual one. */
  foot(view: DeskFootView): TemplateResult | null {
    if (!states.includes(view.conversation.status)) return null;
    if (!this.#foot.current) this.#foot.use(() => undefined);
    return this.#foot.current?.deskFoot(view) ?? html`${nothing}`;
  }
}
