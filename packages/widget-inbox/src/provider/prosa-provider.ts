import type { ProsaClient } from '@prosa/core';
import { provideClient } from '@prosa/ui';
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';

/**
 * Gives one client to every Prosa element inside.
 *
 * @summary Shares a client.
 * @slot - The elements, anywhere below.
 */
export class ProsaProvider extends LitElement {
  static readonly tagName: string = 'prosa-provider';

  static override readonly properties = { client: { attribute: false } };

  static override readonly styles = css`
    :host {
      display: contents;
    }
  `;

  /** The client to share. */
  declare client: ProsaClient | undefined;

  readonly #context = provideClient(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client')) this.#context.setValue(this.client);
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
