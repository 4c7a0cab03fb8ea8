/** Something that the administrator asked for cannot be; the message says why, and what to do. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}
