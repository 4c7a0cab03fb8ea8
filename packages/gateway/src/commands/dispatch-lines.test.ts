import { routes, templateLimits, type BodyOf, type Routes } from '@prosa/core/contract';
import { expect, it } from 'vitest';
import type { TemplateRow } from '../store/message-templates.ts';
import { lineProblems } from './dispatch-lines.ts';

type Body = BodyOf<Routes['dispatches']['create']>;

const now = Date.UTC(2026, 10, 20, 12);
const template = {
  components: JSON.stringify([{ type: 'BODY', text: 'Olá, {{1}}', examples: ['Lia'] }]),
} as TemplateRow;
const templateId = `hsm_${'0'.repeat(26)}`;
const unknown = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`body.${index + 2}`, 'x']));
const bodyOf = (shared: object, lines: readonly object[]) =>
  ({
    name: 'Entregas de sexta',
    template: { templateId, variables: shared },
    recipients: lines.map((variables, index) => ({ to: { phone: `+5583988${100_000 + index}` }, variables })),
  }) as unknown as Body;
const linesOf = (count: number, variables: object) => Array.from({ length: count }, () => variables);

it('takes no more variables than a template can have, for everybody or for one', () => {
  const paths = (body: Body) =>
    routes.dispatches.create.body.safeParse(body).error?.issues.map(({ path }) => path.join('.'));
  const most = unknown(templateLimits.variables);
  expect(paths(bodyOf(most, [most]))).toBeUndefined();
  const more = unknown(templateLimits.variables + 1);
  expect(paths(bodyOf(more, [more]))).toEqual(['template.variables', 'recipients.0.variables']);
});

it('names a value that all share once, also when there are many lines', () => {
  expect(lineProblems(template, bodyOf({ 'body.1': 'Olá', ...unknown(2) }, linesOf(5000, {})), now)).toEqual([
    { path: 'body.template.variables.body.2', message: 'is no variable of this template' },
    { path: 'body.template.variables.body.3', message: 'is no variable of this template' },
  ]);
});

it('names every line that is wrong, and not everything that is wrong with one', () => {
  const found = lineProblems(template, bodyOf({}, linesOf(5000, unknown(20))), now);
  expect(found).toHaveLength(50_000);
  expect(found[0]).toEqual({ path: 'body.recipients.0.variables.body.1', message: 'is missing' });
  expect(found.at(-1)?.path).toBe('body.recipients.4999.variables.body.10');
});
