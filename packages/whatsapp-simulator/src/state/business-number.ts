/** A business number and the app that owns it. */
export interface BusinessNumber {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  readonly token: string;
  readonly appSecret: string;
  readonly verifiedName: string;
  /** Graph version of the app's webhooks: before v24.0 statuses carry a `conversation`. */
  readonly webhookVersion: string;
}

export interface BusinessNumberInput {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  readonly token: string;
  readonly appSecret: string;
  readonly verifiedName?: string | undefined;
  readonly webhookVersion?: string | undefined;
}

export function businessNumber(input: BusinessNumberInput): BusinessNumber {
  return Object.freeze({
    phoneNumberId: input.phoneNumberId,
    wabaId: input.wabaId,
    displayPhoneNumber: input.displayPhoneNumber,
    token: input.token,
    appSecret: input.appSecret,
    verifiedName: input.verifiedName ?? input.displayPhoneNumber,
    webhookVersion: input.webhookVersion ?? 'v25.0',
  });
}
