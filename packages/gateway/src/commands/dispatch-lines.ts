import type { BodyOf, FieldProblem, Routes, TemplateUse } from '@prosa/core/contract';
import { useProblems } from '../domain/hsm-use.ts';
import { valueProblems, type TemplateValues } from '../domain/hsm.ts';
import { componentsOf, type TemplateRow } from '../store/message-templates.ts';

type Body = BodyOf<Routes['dispatches']['create']>;

/** What is the same for everybody, with what is different for one: that comes first. */
export function useFor(shared: TemplateUse, variables: TemplateValues | undefined): TemplateUse {
  return { ...shared, variables: { ...shared.variables, ...variables } };
}

/** Nobody reads more, and finding them takes time in which nothing else is answered. */
const problemsListed = 500;

/** What is wrong with what the lines fill in: the first of it. A value that all of them share is named once. */
export function lineProblems(
  template: TemplateRow,
  { template: shared, recipients }: Pick<Body, 'template' | 'recipients'>,
  now: number,
): readonly FieldProblem[] {
  const components = componentsOf(template);
  const problems = new Map<string, FieldProblem>();
  const note = (problem: FieldProblem) => problems.set(`${problem.path} ${problem.message}`, problem);
  for (const problem of useProblems(components, shared, 'body.template', now)) note(problem);
  for (const [index, { variables = {} }] of recipients.entries()) {
    if (problems.size >= problemsListed) break;
    for (const { path, message } of valueProblems(components, useFor(shared, variables).variables ?? {}, '')) {
      const key = path.slice(1);
      const isShared = Object.hasOwn(shared.variables, key) && !Object.hasOwn(variables, key);
      const place = isShared ? 'body.template.variables' : `body.recipients.${index}.variables`;
      note({ path: `${place}.${key}`, message });
    }
  }
  return [...problems.values()].slice(0, problemsListed);
}
