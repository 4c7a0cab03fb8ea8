import { describe, expect, it } from 'vitest';
import { normalizeAddress, numberForms } from '../state/number-forms.ts';
import { numberId, setOpenScene, setScene } from '../testing/scene.ts';

describe('the ninth digit', () => {
  it('pairs both forms of a Brazilian mobile, and of a Mexican one', () => {
    expect(numberForms('5583999142210')).toEqual(['5583999142210', '558399142210']);
    expect(numberForms('558399142210')).toEqual(['558399142210', '5583999142210']);
    expect(numberForms('525512345678')).toEqual(['525512345678', '5215512345678']);
  });

  it('leaves landlines and other countries alone', () => {
    expect(numberForms('558330154400')).toEqual(['558330154400']);
    expect(numberForms('16505550111')).toEqual(['16505550111']);
  });

  it.each([
    ['558399142210', '+55 (83) 99914-2210'],
    ['558399142210', '558399142210'],
    ['5583999142210', '558399142210'],
    ['5583999142210', '83 99914-2210'],
  ])('a person known as %s is reached under %s', async (waId, to) => {
    const { send, simulator, marina } = await setOpenScene({ waId });
    const { body } = await send({ to, text: { body: 'Oi' } });
    expect(body.contacts).toEqual([{ input: to, wa_id: waId }]);
    await simulator.settled();
    expect(marina.messages.at(-1)).toMatchObject({ from: 'business', status: 'delivered' });
  });

  it('finds the phone again under the other form', async () => {
    const { simulator, marina } = await setScene();
    expect(simulator.phone({ name: 'Marina', waId: '5583999142210' }).waId).toBe(marina.waId);
  });

  it('adds the country code of the business to a national number', () => {
    expect(normalizeAddress('(83) 99914-2210', '558330154400')).toBe('5583999142210');
    expect(normalizeAddress('+1 650 555 0111', '558330154400')).toBe('16505550111');
    expect(normalizeAddress('55; drop', '558330154400')).toBeUndefined();
    expect(normalizeAddress('123', '558330154400')).toBeUndefined();
  });
});

describe('someone who hides the number', () => {
  it('is known, and reached, by the business-scoped user id alone', async () => {
    const { simulator, call, values, statuses } = await setScene();
    const caio = simulator.phone({ name: 'Caio', waId: '5511955550103', username: '@caio', hidesNumber: true });
    await caio.says('Oi');
    await simulator.settled();
    const [value] = values();
    const [contact] = value?.contacts as { user_id: string }[];
    expect(contact).toEqual({ profile: { name: 'Caio', username: '@caio' }, user_id: contact?.user_id });
    expect((value?.messages as object[])[0]).not.toHaveProperty('from');

    const recipient = contact?.user_id;
    const path = `/v25.0/${numberId}/messages`;
    const { body } = await call('POST', path, { messaging_product: 'whatsapp', recipient, text: { body: 'Olá' } });
    expect(body.contacts).toEqual([{ input: recipient, user_id: recipient }]);
    await simulator.settled();
    expect(statuses()[0]).toMatchObject({ status: 'sent', recipient_user_id: recipient });
    expect(statuses()[0]).not.toHaveProperty('recipient_id');
  });
});
