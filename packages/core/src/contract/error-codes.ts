/**
 * Every `code` that a problem document can carry, with the HTTP status it comes with and what it means.
 * Codes are stable: they are never renamed and never reused for something else.
 */
export const errorCodes = {
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  validation_failed: { status: 422, title: 'The request has fields that are not valid' },
  cursor_invalid: { status: 400, title: 'The cursor is not one that this server gave' },
  unauthenticated: { status: 401, title: 'The request carries no valid credential' },
  token_expired: { status: 401, title: 'The token has expired' },
  origin_not_allowed: { status: 403, title: 'The page that asks is not on the list of allowed origins' },
  forbidden: { status: 403, title: 'The caller may not do this' },
  agent_deactivated: { status: 401, title: 'The agent has been deactivated' },
  link_expired: { status: 403, title: 'The link is not valid or has expired' },
  not_found: { status: 404, title: 'There is nothing at this address for this caller' },
  method_not_allowed: { status: 405, title: 'The address does not answer to this method' },
  conversation_taken: { status: 409, title: 'Another agent took the conversation first' },
  conversation_not_yours: { status: 409, title: 'The conversation is with someone else, or with nobody yet' },
  conversation_closed: { status: 409, title: 'The conversation is already closed' },
  transition_not_allowed: { status: 409, title: 'The conversation is not in a state that allows this' },
  window_closed: { status: 409, title: 'The 24-hour service window is closed' },
  transfer_target_invalid: { status: 409, title: 'The conversation cannot be transferred there' },
  message_not_resendable: { status: 409, title: 'Only a failed message can be sent again' },
  attachment_not_ready: { status: 409, title: 'The attachment is not ready' },
  attachment_in_use: { status: 409, title: 'The attachment already belongs to another message' },
  document_taken: { status: 409, title: 'Another customer has this CPF or CNPJ' },
  already_linked: { status: 409, title: 'The contact is already linked to another customer' },
  contact_in_conversation: { status: 409, title: 'The contact is in an open conversation already' },
  template_name_taken: { status: 409, title: 'There is a template of this name and language already' },
  template_not_editable: { status: 409, title: 'The template is not in a state in which it can be changed' },
  template_not_sendable: { status: 409, title: 'Only an approved template can be sent' },
  survey_already_sent: { status: 409, title: 'The conversation has been asked a survey already' },
  survey_already_answered: { status: 409, title: 'The survey has been answered already' },
  survey_not_available: { status: 409, title: 'There is no survey that could be asked or answered here' },
  idempotency_key_reused: { status: 409, title: 'The idempotency key was used for another request' },
  idempotency_key_missing: { status: 400, title: 'A request that changes something needs an Idempotency-Key' },
  payload_too_large: { status: 413, title: 'The body is larger than this route accepts' },
  media_type_not_allowed: { status: 415, title: 'Files of this type cannot be sent' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  unavailable: { status: 503, title: 'The server cannot do this now' },
} as const;

export type ErrorCode = keyof typeof errorCodes;
