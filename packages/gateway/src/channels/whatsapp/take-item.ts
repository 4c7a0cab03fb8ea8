import { day } from '../../clock.ts';
import { applyStatus } from '../../commands/apply-status.ts';
import { chooseMarketing } from '../../commands/choose-marketing.ts';
import { echoMessage } from '../../commands/echo-message.ts';
import { followNumber, noteIdentity } from '../../commands/follow-number.ts';
import { importHistory } from '../../commands/import-history.ts';
import type { ContactKeys } from '../../commands/inbound.ts';
import { learnPerson } from '../../commands/learn-address.ts';
import { receiveMessage } from '../../commands/receive-message.ts';
import { syncAddressBook } from '../../commands/sync-address-book.ts';
import { takeChange } from '../../commands/take-change.ts';
import { applyTemplateNews } from '../../commands/take-templates.ts';
import type { Unit } from '../../store/unit.ts';
import type { ChannelRow } from '../channel.ts';
import { takeAccountNews } from './account-news.ts';
import type { ParsedItem } from './parse/items.ts';

/** What a webhook says that is somebody's to take. */
export type TakenItem = Exclude<ParsedItem, { readonly kind: 'ignored' | 'error' }>;

/** Does what one item of a webhook says, for the channel that it is about. Harmless to repeat. */
export async function takeItem(unit: Unit, channel: ChannelRow, item: TakenItem): Promise<void> {
  switch (item.kind) {
    case 'message':
      await receiveMessage(unit, { ...item.message, channel }, { serviceWindowMs: day });
      return;
    case 'change':
      await takeChange(unit, { ...item.change, channel });
      return;
    case 'echo':
      await echoMessage(unit, { ...item.echo, channel });
      return;
    case 'history':
      await importHistory(unit, { ...item.thread, channel });
      return;
    case 'status':
      await applyStatus(unit, { ...item.status, channel });
      return;
    case 'person':
      await learnPerson(unit, channel.id, item.person);
      return;
    case 'number_changed':
      await followNumber(unit, { ...item.news, channel });
      return;
    case 'identity_changed':
      await noteIdentity(unit, { ...item.news, channel });
      return;
    case 'marketing':
      await chooseMarketing(unit, { ...item.choice, channel });
      return;
    case 'address_book':
      await syncAddressBook(unit, { ...item.entry, channel });
      return;
    case 'template':
      await applyTemplateNews(unit, { ...item.news, channel });
      return;
    case 'account_news':
      await takeAccountNews(unit, channel, item.news);
  }
}

/** Whose contacts it may take and keep until its transaction ends; of a status and of an account's news nobody knows yet. */
export function peopleOf(item: TakenItem): readonly ContactKeys[] {
  switch (item.kind) {
    case 'message':
      return [item.message.contact];
    case 'change':
      return item.change.contact === null ? [] : [item.change.contact];
    case 'echo':
      return [item.echo.contact];
    case 'history':
      return [item.thread.contact];
    case 'person':
      return [item.person];
    case 'number_changed':
      return [item.news.previous, item.news.next];
    case 'identity_changed':
      return [item.news.contact];
    case 'marketing':
      return [item.choice.contact];
    case 'address_book':
      return [{ address: item.entry.address, phone: item.entry.phone, userId: null }];
    case 'status':
    case 'template':
    case 'account_news':
      return [];
  }
}

/** How much of a transaction it takes. */
export function weightOf(item: TakenItem): number {
  return item.kind === 'history' ? item.thread.messages.length : 1;
}
