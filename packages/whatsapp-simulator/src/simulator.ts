import { createActivity } from './activity.ts';
import { createClock } from './clock.ts';
import type { SimulatorClock } from './clock.ts';
import type { Pace, SimulatorContext } from './context.ts';
import { createControl } from './control/router.ts';
import { createFaultBook } from './control/faults.ts';
import type { Faults } from './control/faults.ts';
import { createRequestLog } from './graph/request-log.ts';
import type { GraphRequest } from './graph/request-log.ts';
import { handleGraph, isGraphPath } from './graph/router.ts';
import { rateTemplate, recategorize, resumeReviews, settleTemplate } from './graph/template-review.ts';
import { addTemplate } from './graph/templates.ts';
import type { JsonObject } from './json.ts';
import { changeHealth } from './network/health.ts';
import { requireNumber } from './network/inbound.ts';
import { createDisplays } from './phone/displays.ts';
import { createPhone } from './phone/phone.ts';
import type { Phone } from './phone/phone.ts';
import { SimulatorError } from './simulator-error.ts';
import { businessNumber } from './state/business-number.ts';
import type { BusinessNumber, BusinessNumberInput, NumberHealth } from './state/business-number.ts';
import { customer } from './state/customer.ts';
import type { CustomerInput } from './state/customer.ts';
import { seedTemplates } from './state/seed-templates.ts';
import { restoreSnapshot, takeSnapshot } from './state/snapshot.ts';
import { createState, findCustomer } from './state/state.ts';
import type { SimulatorStorage } from './state/storage.ts';
import { findTemplate } from './state/template.ts';
import type {
  Template,
  TemplateCategory,
  TemplateInput,
  TemplateQuality,
  TemplateRejection,
  TemplateStatus,
} from './state/template.ts';
import { createDeliveryLog } from './webhooks/delivery-log.ts';
import type { WebhookDelivery } from './webhooks/delivery-log.ts';
import { createDelivery } from './webhooks/delivery.ts';
import type { DeliveryPolicy } from './webhooks/delivery.ts';
import { createSender } from './webhooks/sender.ts';
import { shakeHands } from './webhooks/subscription.ts';
import type { SubscribeOptions, Subscription } from './webhooks/subscription.ts';

export interface SimulatorOptions {
  /** Address under which the simulator is reached; in media addresses. Default `http://127.0.0.1:4310`. */
  readonly origin?: string | (() => string) | undefined;
  readonly clock?: SimulatorClock | undefined;
  /** Calls webhooks and fetches linked files. Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Origins whose pages may use `/simulator/*`; `['*']` for any. Default none but the simulator's own. */
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly pace?: Partial<Pace> | undefined;
  readonly webhooks?: (Partial<DeliveryPolicy> & { readonly batchSize?: number | undefined }) | undefined;
  /** Keeps numbers, phones, chats, media and templates between runs. */
  readonly storage?: SimulatorStorage | undefined;
  /** Templates that each new account starts with. Default: three in Portuguese, approved. */
  readonly templates?: readonly TemplateInput[] | undefined;
  /** Told about failures that no caller waits for. Default: the console. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

interface InLanguage {
  /** Default `pt_BR`. */
  readonly language?: string | undefined;
}

/** Look-alike of Meta's WhatsApp Cloud API, with the phones on the other side. */
export interface Simulator {
  /** Graph API under `/vNN.N/`, control and phones under `/simulator/`. */
  fetch(request: Request): Promise<Response>;
  readonly clock: SimulatorClock;
  readonly faults: Faults;
  /** What the business has called, oldest first. */
  readonly requests: readonly GraphRequest[];
  /** Webhooks that went out, with all attempts, oldest first. */
  readonly webhooks: readonly WebhookDelivery[];
  readonly numbers: readonly BusinessNumber[];
  readonly phones: readonly Phone[];
  /** Adds or replaces a business number; a new account gets the seed templates. */
  addNumber(input: BusinessNumberInput): BusinessNumber;
  /** The phone with this number, created if need be. */
  phone(input: CustomerInput): Phone;
  /** Templates of all accounts, also those in review; not the deleted ones. */
  readonly templates: readonly Template[];
  /** Seeds a template, approved at once and without a webhook. */
  addTemplate(wabaId: string, template: TemplateInput): Template;
  /** As a review or a pause does, with the `message_template_status_update` webhook; ends a review under way. */
  setTemplateStatus(
    wabaId: string,
    name: string,
    status: TemplateStatus,
    options?: InLanguage & { readonly reason?: TemplateRejection | undefined },
  ): Template;
  /** As people's reports do, with the `message_template_quality_update` webhook. */
  setTemplateQuality(wabaId: string, name: string, quality: TemplateQuality, options?: InLanguage): Template;
  /** As Meta does with marketing in disguise, with the `template_category_update` webhook. */
  setTemplateCategory(wabaId: string, name: string, category: TemplateCategory, options?: InLanguage): Template;
  /** Changes what Meta thinks of a number; quality and limit with the `phone_number_quality_update` webhook. */
  setNumberHealth(phoneNumberId: string, health: NumberHealth): BusinessNumber;
  /** A group that a number may write to. Its members are not simulated. */
  addGroup(group: { readonly phoneNumberId: string; readonly id: string; readonly subject?: string | undefined }): void;
  /**
   * Subscribes a callback after Meta's handshake with it, and the app to the accounts that it is about: without naming
   * one, to all that there are and will be. Raises `handshake_failed`.
   */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Posts an envelope as it is: escaped and signed, or text untouched and signed. */
  raw(envelope: JsonObject | string, options?: { readonly phoneNumberId?: string | undefined }): void;
  /** Attempts again at once what waits for its next retry. */
  retryWebhooks(): void;
  /** Resolves when nothing is under way; webhooks that wait for a retry and reviews do not count. */
  settled(): Promise<void>;
  /** Empties the logs; with `everything`, also chats, phones, media, faults and subscriptions. */
  reset(options?: { readonly everything?: boolean | undefined }): void;
  /** Stops all timers and deliveries; later requests are refused. */
  close(): Promise<void>;
}

const defaultPolicy: DeliveryPolicy = {
  retryScheduleMs: [0, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000],
  giveUpAfterMs: 36 * 60 * 60 * 1000,
  timeoutMs: 20_000,
};

export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { storage } = options;
  const clock = options.clock ?? createClock();
  const state = createState();
  const activity = createActivity();
  const faults = createFaultBook();
  const requests = createRequestLog();
  const deliveries = createDeliveryLog();
  const closing = new AbortController();
  const fetch: typeof globalThis.fetch = options.fetch ?? ((...args) => globalThis.fetch(...args));
  const { batchSize = 1, ...policy } = options.webhooks ?? {};
  const delivery = createDelivery({
    clock,
    activity,
    faults,
    fetch,
    log: deliveries,
    policy: { ...defaultPolicy, ...policy },
  });

  let unsaved: ReturnType<typeof setTimeout> | undefined;
  function save(): void {
    clearTimeout(unsaved);
    unsaved = undefined;
    storage?.save(takeSnapshot(state));
  }

  const { origin = 'http://127.0.0.1:4310' } = options;
  const context: SimulatorContext = {
    state,
    clock,
    activity,
    faults,
    requests,
    fetch,
    webhooks: createSender({ delivery, clock, activity, faults, batchSize, accounts: state.subscribedAccounts }),
    displays: createDisplays(),
    pace: { sentMs: 0, deliveredMs: 0, reviewMs: 2000, ...options.pace },
    origin: typeof origin === 'function' ? origin : () => origin,
    persist() {
      if (storage && !closing.signal.aborted) unsaved ??= setTimeout(save, 200);
    },
    onError: options.onError ?? ((error) => console.error(error)),
    closing: closing.signal,
  };

  const kept = storage?.load();
  if (kept !== undefined && restoreSnapshot(state, kept)) resumeReviews(context);

  function requireTemplate(wabaId: string, name: string, language = 'pt_BR'): Template {
    const template = findTemplate(state.templates.values(), wabaId, name, language);
    if (template && template.status !== 'DELETED') return template;
    throw new SimulatorError(
      'invalid_option',
      `unable to change template ${name}; account ${wabaId} has none in ${language}`,
    );
  }

  let subscribesAll = false;
  function subscribeAccounts({ wabaId, phoneNumberId }: SubscribeOptions): void {
    subscribesAll ||= wabaId === undefined && phoneNumberId === undefined;
    for (const number of state.numbers.values()) {
      const isAsked = phoneNumberId === undefined || number.phoneNumberId === phoneNumberId;
      if (isAsked && (wabaId === undefined || number.wabaId === wabaId)) state.subscribedAccounts.add(number.wabaId);
    }
    context.persist();
  }

  const simulator: Simulator = {
    async fetch(request) {
      if (closing.signal.aborted) throw new SimulatorError('closed', 'unable to answer; the simulator is closed');
      const { pathname } = new URL(request.url);
      return isGraphPath(pathname) ? handleGraph(context, request) : control(request);
    },
    clock,
    faults,
    get requests() {
      return requests.all;
    },
    get webhooks() {
      return deliveries.all;
    },
    get numbers() {
      return Object.freeze([...state.numbers.values()]);
    },
    get phones() {
      return Object.freeze(Array.from(state.customers.keys(), (waId) => createPhone(context, waId)));
    },
    addNumber(input) {
      const number = businessNumber(input);
      const known = [...state.templates.values()].some((each) => each.wabaId === number.wabaId);
      state.numbers.set(number.phoneNumberId, number);
      if (subscribesAll) state.subscribedAccounts.add(number.wabaId);
      if (!known) for (const each of options.templates ?? seedTemplates) addTemplate(context, number.wabaId, each);
      context.persist();
      return number;
    },
    phone(input) {
      const asked = customer(input);
      const known = findCustomer(state, asked.waId);
      if (!known && !/^\d{7,15}$/.test(asked.waId)) {
        throw new SimulatorError('invalid_option', `unable to create phone ${input.waId}; waId must be 7 to 15 digits`);
      }
      if (!known) state.customers.set(asked.waId, asked);
      context.persist();
      return createPhone(context, known?.waId ?? asked.waId);
    },
    get templates() {
      return Object.freeze([...state.templates.values()].filter((each) => each.status !== 'DELETED'));
    },
    addTemplate: (wabaId, template) => addTemplate(context, wabaId, template),
    setTemplateStatus: (wabaId, name, status, { language, reason } = {}) =>
      settleTemplate(context, requireTemplate(wabaId, name, language), { status, reason }),
    setTemplateQuality: (wabaId, name, quality, { language } = {}) =>
      rateTemplate(context, requireTemplate(wabaId, name, language), quality),
    setTemplateCategory: (wabaId, name, category, { language } = {}) =>
      recategorize(context, requireTemplate(wabaId, name, language), category),
    setNumberHealth: (phoneNumberId, health) => changeHealth(context, requireNumber(context, phoneNumberId), health),
    addGroup({ phoneNumberId, id, subject = id }) {
      requireNumber(context, phoneNumberId);
      state.groups.set(id, Object.freeze({ id, phoneNumberId, subject }));
      context.persist();
    },
    async subscribe(subscription) {
      const made = await shakeHands(fetch, subscription);
      const { subscriptions } = context.webhooks;
      const same = subscriptions.findIndex(
        (each) =>
          each.wabaId === made.wabaId &&
          each.phoneNumberId === made.phoneNumberId &&
          each.callbackUrl === made.callbackUrl,
      );
      if (same < 0) subscriptions.push(made);
      else subscriptions[same] = made;
      subscribeAccounts(subscription);
      return made;
    },
    raw(envelope, target = {}) {
      context.webhooks.raw(requireNumber(context, target.phoneNumberId), envelope);
    },
    retryWebhooks: () => delivery.retryNow(),
    settled: () => activity.idle(),
    reset({ everything = false } = {}) {
      requests.clear();
      deliveries.clear();
      if (!everything) return;
      faults.clear();
      context.webhooks.subscriptions.length = 0;
      subscribesAll = false;
      state.subscribedAccounts.clear();
      for (const part of [state.threads, state.customers, state.media, state.uploads, state.blocked]) part.clear();
      context.persist();
    },
    async close() {
      if (closing.signal.aborted) return;
      if (unsaved !== undefined) save();
      closing.abort();
      delivery.close();
    },
  };
  const control = createControl(context, simulator, options.allowedOrigins ?? []);
  return simulator;
}
