import { expect, it } from 'vitest';
import { contentOf } from './content.ts';

const long = 'á'.repeat(70_000);
const longest = 65_536;

it('keeps no more of what somebody wrote than people can write', () => {
  const text = contentOf({ type: 'text', text: { body: long } });
  const photo = contentOf({ type: 'image', image: { id: '27001', caption: long } });
  const tapped = contentOf({ type: 'button', button: { text: long, payload: long } });
  expect(text).toEqual({ type: 'text', text: long.slice(0, longest) });
  expect(photo).toMatchObject({ caption: long.slice(0, longest) });
  expect(tapped).toEqual({ type: 'reply', text: long.slice(0, longest), replyId: long.slice(0, longest) });
});

it('keeps what is as long as that, and cuts no character in half', () => {
  const body = 'a'.repeat(longest);
  expect(contentOf({ type: 'text', text: { body } })).toEqual({ type: 'text', text: body });
  const emoji = contentOf({ type: 'text', text: { body: `${body.slice(1)}🎉` } });
  expect(emoji).toEqual({ type: 'text', text: body.slice(1) });
});

it('cuts the answers of a form', () => {
  const answers = contentOf({
    type: 'interactive',
    interactive: { nfm_reply: { response_json: JSON.stringify({ pedido: long }) } },
  });
  expect(answers).toMatchObject({ fields: [{ name: 'pedido', value: long.slice(0, longest) }] });
});

it('reads a card once, whatever its lines end with', () => {
  // Each line begins what could be a name, and none has one.
  const vcard = 'FN;\u2028'.repeat(250_000);
  expect(
    contentOf({ type: 'contacts', contacts: [{ vcard, phones: [{ phone: '+55 83 9 9914-2210' }] }] }),
  ).toMatchObject({ contacts: [{ name: '+55 83 9 9914-2210' }] });
});
