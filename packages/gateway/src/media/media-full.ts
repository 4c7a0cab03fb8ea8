/** Where files are kept has no space: answer 503, keep no half of the file. */
export class MediaFullError extends Error {
  override readonly name = 'MediaFullError';

  constructor(cause: unknown) {
    super('unable to store the file; the disk of the media folder is full, free some space', { cause });
  }
}
