import { describe, expect, it } from 'vitest';
import { parseEnvelope } from './envelope.ts';
import type { ParsedItem } from './items.ts';

const receivedAt = Date.parse('2026-11-20T12:00:00Z');
const time = 1_795_000_000;
const template = {
  message_template_id: 7_412_000_000_000_001,
  message_template_name: 'pedido_saiu',
  message_template_language: 'pt-BR',
};

function parse(field: string, value: object, entry: object = { id: '10800000000001', time }): readonly ParsedItem[] {
  return parseEnvelope(
    { object: 'whatsapp_business_account', entry: [{ ...entry, changes: [{ field, value }] }] },
    receivedAt,
  );
}

function newsOf(field: string, value: object): unknown {
  const [item] = parse(field, { ...template, ...value });
  return item?.kind === 'template' ? item.news : item;
}

const statusField = 'message_template_status_update';
const categoryField = 'template_category_update';

describe('statuses', () => {
  it('say which template of which account, and when', () => {
    const value = { ...template, event: 'APPROVED', reason: 'NONE', message_template_category: 'UTILITY' };
    expect(parse(statusField, value)).toEqual([
      {
        kind: 'template',
        businessAccountId: '10800000000001',
        news: {
          providerId: '7412000000000001',
          name: 'pedido_saiu',
          language: 'pt_BR',
          at: time * 1000,
          status: 'approved',
          reason: null,
          category: 'UTILITY',
        },
      },
    ]);
  });

  it.each([
    ['PENDING', 'submitted'],
    ['IN_APPEAL', 'submitted'],
    ['REINSTATED', 'approved'],
    ['REJECTED', 'rejected'],
    ['PAUSED', 'paused'],
    ['DISABLED', 'disabled'],
    ['ARCHIVED', 'disabled'],
    ['DELETED', 'deleted'],
    ['PENDING_DELETION', 'deleted'],
    ['UNARCHIVED', 'approved'],
    ['LIMIT_EXCEEDED', 'rejected'],
    ['approved', 'approved'],
  ])('reads %s as %s', (event, status) => {
    expect(newsOf(statusField, { event })).toMatchObject({ status });
  });

  it('keep the words of Meta for what went wrong', () => {
    expect(newsOf(statusField, { event: 'REJECTED', reason: 'INVALID_FORMAT' })).toMatchObject({
      reason: 'INVALID_FORMAT',
    });
    expect(
      newsOf(statusField, {
        event: 'REJECTED',
        reason: 'INVALID_FORMAT',
        rejection_info: { reason: 'The variables are side by side.', recommendation: 'Put words between them.' },
      }),
    ).toMatchObject({ reason: 'INVALID_FORMAT: The variables are side by side.' });
    expect(
      newsOf(statusField, {
        event: 'PAUSED',
        reason: 'NONE',
        other_info: { title: 'FIRST_PAUSE', description: 'Paused for 3 hours.' },
      }),
    ).toMatchObject({ reason: 'Paused for 3 hours.' });
    expect(newsOf(statusField, { event: 'DISABLED' })).toMatchObject({ reason: 'DISABLED' });
  });

  it.each(['FLAGGED', 'LOCKED'])('warn with %s, and change nothing else', (event) => {
    expect(newsOf(statusField, { event, reason: 'NONE' })).toMatchObject({ warning: event });
    expect(newsOf(statusField, { event, other_info: { description: 'Many blocks.' } })).toMatchObject({
      warning: 'Many blocks.',
    });
    expect(newsOf(statusField, { event })).not.toHaveProperty('status');
  });

  it('are left alone where they are of the future', () => {
    for (const event of ['SOMETHING_NEW', undefined, 7, {}, 'constructor']) {
      expect(newsOf(statusField, { event })).toMatchObject({ kind: 'ignored' });
    }
  });

  it('are left alone without a template or an account', () => {
    expect(parse(statusField, { event: 'APPROVED' })).toMatchObject([{ kind: 'ignored' }]);
    expect(parse(statusField, { ...template, event: 'APPROVED' }, { time })).toMatchObject([{ kind: 'ignored' }]);
  });

  it('know a template by its name where its id is too long for a number of JSON', () => {
    expect(newsOf(statusField, { event: 'APPROVED', message_template_id: 2 ** 60 })).toMatchObject({
      providerId: null,
      name: 'pedido_saiu',
      language: 'pt_BR',
    });
  });
});

describe('quality', () => {
  it.each([statusField, 'message_template_quality_update'])('is known by its shape, under %s', (field) => {
    const scores = { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW' };
    const changed = newsOf(field, scores);
    expect(changed).toMatchObject({ quality: 'yellow', language: 'pt_BR' });
    expect(changed).not.toHaveProperty('status');
    expect(newsOf(field, { new_quality_score: 'UNKNOWN' })).toMatchObject({ quality: null });
  });
});

it('says that the parts are others', () => {
  expect(newsOf('message_template_components_update', { element: 'Oi' })).toMatchObject({ rewritten: true });
});

describe('categories', () => {
  it('say the present one', () => {
    const changed = newsOf(categoryField, { previous_category: 'UTILITY', new_category: 'MARKETING' });
    expect(changed).toMatchObject({ category: 'MARKETING', previousCategory: 'UTILITY', nextCategory: null });
    expect(changed).not.toHaveProperty('status');
    expect(
      newsOf(categoryField, { new_category: 'UTILITY', correct_category: 'MARKETING' }),
      'an announced change has not come yet',
    ).toMatchObject({ category: 'UTILITY', nextCategory: 'MARKETING' });
  });

  it('are left alone where they are unknown', () => {
    expect(newsOf(categoryField, { new_category: 'GREETINGS' })).toMatchObject({ kind: 'ignored' });
  });
});
