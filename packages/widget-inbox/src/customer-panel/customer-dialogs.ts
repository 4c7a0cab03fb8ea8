import { dialogStyles, fieldStyles } from '@prosa/ui';
import type { LitElement } from 'lit';
import { adopt } from '../dialogs/adopt.ts';
import { choiceStyles } from '../dialogs/choice.styles.ts';
import { customerDialogStyles } from './customer-dialogs.styles.ts';
import { CustomerForm, type CustomerFormOptions } from './customer-form.ts';
import { LinkDialog } from './link-dialog.ts';

export interface CustomerDialogs {
  readonly form: CustomerForm;
  readonly link: LinkDialog;
}

/** What writes customers, loaded when somebody wants to. */
export function createCustomerDialogs(host: LitElement, options: CustomerFormOptions): CustomerDialogs {
  adopt(host, fieldStyles, dialogStyles, choiceStyles, customerDialogStyles);
  return {
    form: new CustomerForm(host, options),
    link: new LinkDialog(host, { ...options, onLinked: options.onSaved }),
  };
}
