import type { Kysely } from 'kysely';
import * as initial from './0001-initial.ts';
import * as webchatHsmSurveys from './0002-webchat-hsm-surveys.ts';
import * as unsentFiles from './0003-unsent-files.ts';
import * as serviceDesk from './0004-service-desk.ts';
import * as search from './0005-search.ts';
import * as whatsappMessages from './0010-whatsapp-messages.ts';
import * as whatsappPeople from './0011-whatsapp-people.ts';
import * as channels from './0012-channels.ts';
import * as delivery from './0013-delivery.ts';
import * as templates from './0014-templates.ts';
import * as dispatches from './0015-dispatches.ts';
import * as dispatchContacts from './0016-dispatch-contacts.ts';
import * as takenChanges from './0017-taken-changes.ts';
import type { Database } from '../database.ts';

export interface Migration {
  up(db: Kysely<unknown>, engine: Database['engine']): Promise<void>;
}

/** In order; a name that has run is never changed. 0006 to 0009 were never used. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-initial': initial,
  '0002-webchat-hsm-surveys': webchatHsmSurveys,
  '0003-unsent-files': unsentFiles,
  '0004-service-desk': serviceDesk,
  '0005-search': search,
  '0010-whatsapp-messages': whatsappMessages,
  '0011-whatsapp-people': whatsappPeople,
  '0012-channels': channels,
  '0013-delivery': delivery,
  '0014-templates': templates,
  '0015-dispatches': dispatches,
  '0016-dispatch-contacts': dispatchContacts,
  '0017-taken-changes': takenChanges,
};
