export { createClock, createManualClock } from './clock.ts';
export type { SimulatorClock } from './clock.ts';
export type { Pace } from './context.ts';
export type { ActiveFault, Fault, FaultKind, Faults } from './control/faults.ts';
export type { GraphRequest } from './graph/request-log.ts';
export type { Outgoing, OutgoingFile } from './phone/content.ts';
export type { ChatSummary, PhoneChat, PhoneEvent, PhoneView } from './phone/displays.ts';
export type { Answer } from './phone/answers.ts';
export type { Phone, SayOptions, WaitOptions } from './phone/phone.ts';
export { createSimulator } from './simulator.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export { SimulatorError } from './simulator-error.ts';
export type { SimulatorErrorCode } from './simulator-error.ts';
export type {
  BusinessNumber,
  BusinessNumberInput,
  MessagingLimit,
  NumberHealth,
  NumberQuality,
  NumberStatus,
} from './state/business-number.ts';
export type { CustomerInput } from './state/customer.ts';
export type {
  ContactCard,
  LocationContent,
  MediaContent,
  MediaKind,
  MediaReference,
  MessageContent,
  MessageStatus,
  OrderContent,
  PhoneMessage,
  ReplyContent,
} from './state/message.ts';
export type {
  ChoiceButton,
  ChoiceKind,
  Form,
  FormField,
  ListRow,
  ListSection,
  OrderSummary,
  Product,
  ProductOffer,
  RichCard,
  RichContent,
  RichHeader,
} from './state/rich-content.ts';
export { numberForms } from './state/number-forms.ts';
export type { SimulatorStorage } from './state/storage.ts';
export type {
  Template,
  TemplateButton,
  TemplateButtonType,
  TemplateCardComponent,
  TemplateCategory,
  TemplateComponent,
  TemplateHeaderFormat,
  TemplateInput,
  TemplateQuality,
  TemplateRejection,
  TemplateStatus,
} from './state/template.ts';
export type { DeliveryAttempt, WebhookDelivery } from './webhooks/delivery-log.ts';
export type { DeliveryPolicy } from './webhooks/delivery.ts';
export { signBody } from './webhooks/sign.ts';
export type { SubscribeOptions, Subscription } from './webhooks/subscription.ts';
