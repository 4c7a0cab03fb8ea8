/**
 * What an app has to subscribe to (Meta, "Webhooks", fields of the WhatsApp Business account). Those of coexistence are
 * not among them: they say something only where the number is in the app of a phone, too.
 */
export const webhookFields = [
  'messages',
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'user_preferences',
  'user_id_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'account_update',
  'account_alerts',
  'account_review_update',
  'business_capability_update',
  'security',
] as const;

/** Those of them that are not subscribed to; Meta's list may hold names or objects with a name. */
export function missingFields(subscribed: ReadonlySet<unknown>): readonly string[] {
  return webhookFields.filter((field) => !subscribed.has(field));
}
