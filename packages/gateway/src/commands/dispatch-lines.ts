import type { BodyOf, FieldProblem, Routes, TemplateUse } from '@prosa/core/contract';
import { useProblems } from '../domain/hsm-use.ts';
import { valueProblems, variablesOf, type TemplateValues } from '../domain/hsm.ts';
import { componentsOf, type TemplateRow } from '../store/message-templates.ts';

type Body = BodyOf<Routes['dispatches']['create']>;

/** What is the same for everybody, with what is different for one: that comes first. */
export function useFor(shared: TemplateUse, variables: TemplateValues | undefined): TemplateUse {
  return { ...shared, variables: { ...shared.variables, ...variables } };
}

/** Of one line: whoever mends it sees the others then. */
const problemsOfLine = 10;

/** What is wrong with what the lines fill in: every line is named. A value that all of them share is named once. */
export function lineProblems(
  template: TemplateRow,
  { template: shared, recipients }: Pick<Body, 'template' | 'recipients'>,
  now: number,
): readonly FieldProblem[] {
  const components = componentsOf(template);
  const keys = new Set(variablesOf(components).map(({ key }) => key));
  const problems = new Map<string, FieldProblem>();
  const note = (problem: FieldProblem) => problems.set(`${problem.path} ${problem.message}`, problem);
  for (const problem of useProblems(components, shared, 'body.template', now)) note(problem);
  // Not with each line again: there may be thousands, and nothing else is answered meanwhile.
  const [known, unknown] = parted(shared.variables, (key) => keys.has(key));
  for (const key of Object.keys(unknown)) {
    note({ path: `body.template.variables.${key}`, message: 'is no variable of this template' });
  }
  recipients.forEach(({ variables = {} }, index) => {
    const found = valueProblems(components, { ...known, ...variables }, '');
    for (const { path, message } of found.slice(0, problemsOfLine)) {
      const key = path.slice(1);
      const isShared = Object.hasOwn(known, key) && !Object.hasOwn(variables, key);
      const place = isShared ? 'body.template.variables' : `body.recipients.${index}.variables`;
      note({ path: `${place}.${key}`, message });
    }
  });
  return [...problems.values()];
}

function parted(values: TemplateValues, isFirst: (key: string) => boolean): readonly [TemplateValues, TemplateValues] {
  const entries = Object.entries(values);
  return [
    Object.fromEntries(entries.filter(([key]) => isFirst(key))),
    Object.fromEntries(entries.filter(([key]) => !isFirst(key))),
  ];
}
