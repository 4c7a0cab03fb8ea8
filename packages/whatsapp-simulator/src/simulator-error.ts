/** Stable reasons; branch on these, the message is for people. */
export type SimulatorErrorCode =
  | 'closed'
  | 'connection_dropped'
  | 'handshake_failed'
  | 'invalid_option'
  | 'timeout'
  | 'unknown_message'
  | 'unknown_number'
  | 'unknown_phone';

/** Every error that the simulator's own API raises. Graph answers are Responses, never this. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SimulatorError';
    this.code = code;
  }
}
