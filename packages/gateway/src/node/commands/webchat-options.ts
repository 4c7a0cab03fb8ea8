import type { WebchatChanges } from '../../admin/webchat-channels.ts';
import type { WebchatSettings } from '../../channels/webchat/config.ts';
import { UsageError } from './command.ts';

/** How a webchat is described on the command line. */
export const webchatOptions = {
  title: { type: 'string' },
  greeting: { type: 'string' },
  subtitle: { type: 'string' },
  accent: { type: 'string' },
  position: { type: 'string' },
  origin: { type: 'string', multiple: true },
  subject: { type: 'string', multiple: true },
  'ask-name': { type: 'string' },
  'ask-email': { type: 'string' },
} as const;

type Values = {
  readonly [Name in keyof typeof webchatOptions]?: (typeof webchatOptions)[Name] extends { readonly multiple: true }
    ? string[] | undefined
    : string | undefined;
};

/** Only what is given; an empty text takes the subtitle, the accent or a list away. */
export function webchatChanges(values: Values): WebchatChanges {
  const { title, greeting, subtitle, accent } = values;
  return {
    title,
    greeting,
    subtitle: subtitle === '' ? null : subtitle,
    accent: accent === '' ? null : accent,
    position: oneOf('position', values.position, ['right', 'left']),
    origins: listOf(values.origin),
    form: {
      name: formField('ask-name', values['ask-name']),
      email: formField('ask-email', values['ask-email']),
      subjects: listOf(values.subject),
    },
  };
}

/** Whether anything that only a webchat has is given. */
export function mentionsWebchat(values: Values): boolean {
  return (Object.keys(webchatOptions) as (keyof Values)[]).some((name) => values[name] !== undefined);
}

function formField(name: string, value: string | undefined): WebchatSettings['form']['name'] | undefined {
  return oneOf(name, value, ['required', 'optional', 'hidden']);
}

function oneOf<Choice extends string>(
  name: string,
  value: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new UsageError(`Give --${name} one of ${choices.join(', ')}.`);
  return choice;
}

function listOf(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.filter((value) => value !== '');
}
