/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import type { WebchatClient } from '@prosa/core/webchat';
import { closeAll, Shop, type MountedWebchat } from '../testing/mount.ts';

const [picture, script, svg, link, bold, template] = [
  '<img src=x onerror="window.__ran=1">',
  '<script>window.__ran=1</script>',
  '"><svg onload=window.__ran=1>',
  'javascript:window.__ran=1',
  '*<b onclick="window.__ran=1">negrito</b>*',
  '${window.__ran=1}{{window.__ran=1}}',
] as const;
const hostile = [picture, script, svg, link, bold, template];

const unwanted =
  'script, [onerror], [onload], [onclick], [href^="javascript" i], [src^="javascript" i], .log img[src="x"], .head img';

describe('hostile text in <prosa-webchat>', () => {
  afterEach(closeAll);

  async function expectHarmless(page: MountedWebchat): Promise<void> {
    expect(page.root.querySelector(unwanted)?.outerHTML).to.equal(undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((window as { __ran?: number }).__ran).to.equal(undefined);
  }

  it('of the settings shows as it was written, and never runs', async () => {
    const shop = await Shop.open({
      title: picture,
      greeting: `${script}${svg}`,
      subtitle: template,
      form: { name: 'required', email: 'optional', subjects: [svg, link] },
    });
    const page = await shop.mountOpen();
    for (const text of [picture, script, svg, link, template]) expect(page.text()).to.contain(text);
    expect(page.one('dialog').getAttribute('aria-label')).to.equal(picture);
    await expectHarmless(page);
  });

  it('of people shows as it was written, and never runs', async () => {
    const shop = await Shop.open({ form: { name: 'required', email: 'hidden', subjects: [picture] } });
    await shop.server.surveys.create({ instrument: 'csat', name: 'Fim', question: script, thanks: svg });
    const page = await shop.mountOpen();
    page.fill('#start-name', picture);
    page.one('.pill input').click();
    page.send(bold);
    await page.until(() => page.has('.line.out .ticks'));
    const agent = await shop.colleague(svg);
    const { id, subject, contact } = await shop.conversation();
    expect([subject, contact.name]).to.deep.equal([picture, picture]);
    await agent.conversations.accept(id);
    for (const text of hostile) await agent.messages.send(id, { type: 'text', text });
    await page.until(() => page.text().includes(template));
    expect(page.one('.head').textContent).to.contain(svg);
    expect(page.one('.notice').textContent).to.contain(svg);
    for (const text of [picture, script, svg, link]) expect(page.one('.log').textContent).to.contain(text);
    await page.until(() => page.one('[role=status][aria-live]').textContent.includes('window.__ran=1'));
    await expectHarmless(page);
    await agent.conversations.close(id, { outcome: 'resolved' });
    await page.until(() => page.has('.survey'));
    expect(page.one('.survey legend').textContent).to.equal(script);
    page.one('.score input').click();
    await page.until(() => page.has('#survey-comment'));
    page.button('Enviar resposta').click();
    await page.until(() => page.one('.survey.answered').textContent.includes(svg));
    await expectHarmless(page);
  });

  it('in names of files, sent and received, shows as it was written', async () => {
    const shop = await Shop.open({ form: { name: 'hidden', email: 'hidden', subjects: [] } });
    const page = await shop.mountServed();
    const fileName = '<img src=x onerror=window.__ran=1>.pdf';
    const file = new File(['%PDF-1.4\n%%EOF\n'], fileName, { type: 'application/pdf' });
    const release = page.network.hold('POST /v1/webchat/attachments');
    page.choose(file, new File([], `${script}.pdf`));
    await page.until(() => page.one('.pending').textContent.includes(fileName));
    expect(page.one('.problems').textContent).to.contain(script);
    await expectHarmless(page);
    release();
    const { id } = await shop.conversation();
    const attachment = await shop.ana.attachments.upload(file, { fileName });
    await shop.ana.messages.send(id, { type: 'document', attachmentId: attachment.id, caption: picture });
    await page.until(() => page.all('button.file').length === 2);
    expect(page.one('.log').textContent).to.contain(picture);
    await expectHarmless(page);
  });

  it('as a protocol or a language of its own shows as it was written', async () => {
    const shop = await Shop.open({ form: { name: 'hidden', email: 'hidden', subjects: [] } });
    const page = await shop.mountServed();
    const { client } = page;
    page.webchat.client = new Proxy<WebchatClient>(client, {
      get(target, name: keyof WebchatClient) {
        const { value } = target;
        if (name !== 'value' || !value.conversation) return target[name];
        return { ...value, conversation: { ...value.conversation, protocol: picture } };
      },
    });
    await page.until(() => page.one('.head').textContent.includes(picture));
    await expectHarmless(page);
  });

  it('as an accent is no style sheet', async () => {
    const shop = await Shop.open({ form: { name: 'hidden', email: 'hidden', subjects: [] } });
    const page = await shop.mountOpen();
    const { client } = page;
    const before = getComputedStyle(page.one('.launcher')).backgroundColor;
    page.webchat.client = new Proxy<WebchatClient>(client, {
      get(target, name: keyof WebchatClient) {
        const { value } = target;
        if (name !== 'value' || !value.config) return target[name];
        return { ...value, config: { ...value.config, accent: 'red; } * { display: none !important; } a {' } };
      },
    });
    await page.webchat.updateComplete;
    expect(getComputedStyle(page.one('.launcher')).backgroundColor).to.equal(before);
    expect(page.one('.launcher').checkVisibility()).to.equal(true);
  });

  it('links only what is safe, away from the page', async () => {
    const shop = await Shop.open({ form: { name: 'hidden', email: 'hidden', subjects: [] } });
    const page = await shop.mountServed();
    await shop.answer('Veja https://exemplo.com.br/a?b=1. Não javascript:alert(1) nem data:text/html,x');
    await page.until(() => page.has('.text a'));
    expect(page.all('.text a')).to.have.length(1);
    const anchor = page.one<HTMLAnchorElement>('.text a');
    expect(anchor.href).to.equal('https://exemplo.com.br/a?b=1');
    expect(anchor.rel).to.contain('noopener');
    expect(anchor.target).to.equal('_blank');
  });

  it('cannot come out of what the browser kept', async () => {
    const shop = await Shop.open({ form: { name: 'hidden', email: 'hidden', subjects: [] } });
    const page = await shop.mountOpen({
      prepareStorage: (storage) => {
        const outbox = [{ clientId: 'a', text: picture, createdAt: 1 }, { text: 7 }, null, 'x'];
        storage.set(`prosa:webchat:${shop.webchatKey}:outbox`, JSON.stringify(outbox));
        storage.set(`prosa:webchat:${shop.webchatKey}:session`, '{"token":7');
      },
    });
    await page.until(() => page.text().includes(picture));
    await expectHarmless(page);
  });
});
