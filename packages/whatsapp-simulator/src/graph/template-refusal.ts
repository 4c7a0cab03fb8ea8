import { GraphRefusal } from './refusal.ts';

/** Subcodes and titles with which Meta refuses a template as it is submitted. */
const problems = {
  bodyFormat: { subcode: 2388072, title: 'Message Body Format is Incorrect' },
  cooldown: { subcode: 2388023, title: 'Message Template Language Is Being Deleted' },
  edgeVariable: { subcode: 2388299, title: "Variables can't be at the start or end of the template" },
  exists: { subcode: 2388024, title: 'Content in This Language Already Exists' },
  footerFormat: { subcode: 2388073, title: 'Message Footer Format is Incorrect' },
  full: { subcode: 2388019, title: 'Message Template Limit Exceeded' },
  headerFormat: { subcode: 2388047, title: 'Message Header Format is Incorrect' },
  invalid: { subcode: undefined, title: 'Invalid parameter' },
  missing: { subcode: 2388043, title: 'Message template "components" param is missing expected field(s)' },
  notFound: { subcode: 2593002, title: 'Message Template Not Found' },
  statusLocked: { subcode: 2388039, title: 'Template status cannot be changed' },
  tooLong: { subcode: 2388040, title: 'Character Limit Exceeded' },
  tooManyVariables: { subcode: 2388293, title: 'This template contains too many variables for its length' },
} as const satisfies Record<string, { subcode: number | undefined; title: string }>;

export type TemplateProblem = keyof typeof problems;

/** Code 100 with Meta's subcode; `message` is what a person reads. */
export function templateRefusal(problem: TemplateProblem, message: string): GraphRefusal {
  const { subcode, title } = problems[problem];
  return new GraphRefusal(100, { message: 'Invalid parameter', subcode, user: { title, message } });
}

/** A field that a component must have. */
export function missingField(component: string, field: string): GraphRefusal {
  return templateRefusal('missing', `component of type ${component} is missing expected field(s) (${field})`);
}
