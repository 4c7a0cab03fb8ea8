/* eslint-disable @typescript-eslint/no-floating-promises -- chai-a11y-axe types every assertion as a promise */
import { expect } from '@open-wc/testing';
import { memoryWebchatStorage } from '@prosa/core/webchat';
import { closeAll, noForm, Shop, type MountedWebchat, type MountOptions } from '../testing/mount.ts';

const day = 86_400_000;

describe('the survey after a conversation', () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await Shop.open(noForm);
  });
  afterEach(closeAll);

  async function ask(instrument: 'csat' | 'nps' | 'ces', options: MountOptions = {}): Promise<MountedWebchat> {
    await shop.server.surveys.create({
      instrument,
      name: 'Fim do atendimento',
      question: 'E aí, como foi?',
      thanks: 'Obrigada pela resposta.',
    });
    const page = await shop.mountServed(options);
    await shop.finish();
    await page.until(() => page.has('.survey'), 'it is not asked');
    return page;
  }

  const score = (page: MountedWebchat, value: number) => page.one<HTMLInputElement>(`.score input[value="${value}"]`);

  async function answer(page: MountedWebchat, value: number, comment = ''): Promise<void> {
    score(page, value).click();
    await page.until(() => page.has('#survey-comment'));
    page.fill('#survey-comment', comment);
    page.button('Enviar resposta').click();
  }

  const scales = [
    { instrument: 'csat', lowest: '1 de 5, Muito ruim', highest: '5 de 5, Muito bom', count: 5, given: 4 },
    { instrument: 'nps', lowest: '0 de 10, Nada provável', highest: '10 de 10, Muito provável', count: 11, given: 0 },
    { instrument: 'ces', lowest: '1 de 7, Muito difícil', highest: '7 de 7, Muito fácil', count: 7, given: 7 },
  ] as const;

  for (const { instrument, lowest, highest, count, given } of scales) {
    it(`asks for a ${instrument} score in words, and takes it with a comment`, async () => {
      const page = await ask(instrument);
      expect(page.one('.survey legend').textContent).to.equal('E aí, como foi?');
      const names = page.all('.score input').map((input) => input.getAttribute('aria-label'));
      expect([names.length, names[0], names.at(-1)]).to.deep.equal([count, lowest, highest]);
      expect(page.has('.survey [type=submit]'), 'nothing can be sent without a score').to.equal(false);
      await answer(page, given, ' Demorou um pouco ');
      await page.until(() => page.has('.survey.answered'));
      expect(page.one('.survey').textContent).to.contain('Obrigada pela resposta.');
      expect(page.one('.survey').textContent).to.contain(`Sua resposta: ${given} de`);
      const { data } = await shop.server.surveys.responses();
      expect(data).to.have.length(1);
      expect(data[0]).to.include({ score: given, comment: 'Demorou um pouco', status: 'answered' });
    });
  }

  it('says when the answer did not arrive, keeps it, and takes it then', async () => {
    const page = await ask('csat');
    page.network.fail('/survey', { status: 500, code: 'internal_error' });
    await answer(page, 2, 'Não resolveu');
    await page.until(() => page.one('.survey [role=alert]').textContent.includes('Não deu certo.'));
    expect(score(page, 2).checked).to.equal(true);
    expect(page.one<HTMLTextAreaElement>('#survey-comment').value).to.equal('Não resolveu');
    page.network.heal();
    page.button('Enviar resposta').click();
    await page.until(() => page.has('.survey.answered'));
  });

  it('is not taken twice when the button is pressed twice', async () => {
    const page = await ask('csat');
    const release = page.network.hold('/survey');
    await answer(page, 5);
    page.one('.survey').dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
    release();
    await page.until(() => page.has('.survey.answered'));
    expect(page.network.count('/survey')).to.equal(1);
  });

  it('shows as answered in every tab', async () => {
    const storage = memoryWebchatStorage();
    const page = await ask('csat', { storage });
    const other = await shop.mountOpen({ storage });
    await other.until(() => other.has('.survey'));
    await answer(page, 5);
    await other.until(() => other.has('.survey.answered'));
  });

  it('is over when its time has passed', async () => {
    const page = await ask('csat');
    shop.gateway.advance(2 * day);
    await answer(page, 5);
    await page.until(() => page.has('.survey [role=alert]'));
    const later = await shop.mountOpen({ storage: page.storage });
    await later.until(() => later.has('[data-action=start-over]'));
    expect(later.has('.survey')).to.equal(false);
  });

  it('does not hold back a new conversation, and never reopens the old one', async () => {
    const page = await ask('csat');
    page.button('Começar nova conversa').click();
    await page.until(() => page.has('.start'));
    expect(page.has('.survey')).to.equal(false);
    page.send('5');
    await page.until(() => page.has('.line.out .ticks'));
    expect(await shop.texts()).to.deep.equal(['5']);
    const { data } = await shop.server.surveys.responses();
    expect(data[0]?.status).to.equal('sent');
  });
});
