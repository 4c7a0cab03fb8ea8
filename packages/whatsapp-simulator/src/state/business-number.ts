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
  /** The Meta app that the token and the secret are of. */
  readonly appId: string;
  /** Absent means `GREEN`. */
  readonly quality?: NumberQuality;
  /** Unique people in 24 hours; absent means `TIER_2K`. */
  readonly limit?: MessagingLimit;
  /** Absent means `CONNECTED`. */
  readonly status?: NumberStatus;
}

export type NumberQuality = 'GREEN' | 'RED' | 'UNKNOWN' | 'YELLOW';
export type NumberStatus = 'BANNED' | 'CONNECTED' | 'DISCONNECTED' | 'FLAGGED' | 'RESTRICTED';
export type MessagingLimit = 'TIER_100K' | 'TIER_10K' | 'TIER_250' | 'TIER_2K' | 'TIER_UNLIMITED';

/** What Meta thinks of a number. */
export interface NumberHealth {
  readonly quality?: NumberQuality | undefined;
  readonly limit?: MessagingLimit | undefined;
  readonly status?: NumberStatus | undefined;
}

export interface BusinessNumberInput {
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  readonly token: string;
  readonly appSecret: string;
  readonly verifiedName?: string | undefined;
  readonly webhookVersion?: string | undefined;
  /** Default `1000000000000001`. */
  readonly appId?: string | undefined;
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
    appId: input.appId ?? '1000000000000001',
  });
}
