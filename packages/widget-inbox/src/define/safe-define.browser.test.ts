/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect, fixture } from '@open-wc/testing';
import { createClient } from '@prosa/core';
import { html } from 'lit';
import '../define.ts';
import { ProsaInbox } from '../inbox/prosa-inbox.ts';
import { safeDefine } from './safe-define.ts';

describe('defining elements', () => {
  let warnings: unknown[] = [];
  const { warn } = console;

  beforeEach(() => {
    warnings = [];
    console.warn = (...args: unknown[]) => warnings.push(args[0]);
  });

  afterEach(() => {
    console.warn = warn;
  });

  it('warns when another version is there already, and keeps the first', () => {
    const tag = 'prosa-define-test';
    const first = Object.assign(class extends HTMLElement {}, { prosaVersion: '0.0.1' });
    customElements.define(tag, first);
    safeDefine(tag, class extends HTMLElement {});
    expect(customElements.get(tag)).to.equal(first);
    expect(String(warnings[0])).to.contain('version 0.0.1 is defined already');
  });

  it('says nothing about the same version', () => {
    safeDefine('prosa-inbox', class extends HTMLElement {});
    expect(customElements.get('prosa-inbox')).to.equal(ProsaInbox);
    expect(warnings).to.deep.equal([]);
  });

  it('takes the client of the provider around it, and an address that is wrong does not throw', async () => {
    const client = createClient({
      baseUrl: 'http://gateway.invalid',
      token: 'made-up',
      storage: null,
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    });
    const provider = await fixture(
      html`<prosa-provider .client=${client}><prosa-inbox lang="pt-BR"></prosa-inbox></prosa-provider>`,
    );
    const inbox = provider.querySelector('prosa-inbox')!;
    await inbox.updateComplete;
    expect(inbox.shadowRoot?.querySelector('.skeleton')).to.not.equal(null);
    client.destroy();
    const wrong = await fixture(html`<prosa-inbox base-url="not an address" token="x"></prosa-inbox>`);
    expect(wrong.shadowRoot?.querySelector('.list-pane')).to.not.equal(null);
  });
});
