const mega = 1024 * 1024;

/** A limit as people and programs read it: `5 MB (5242880 bytes)`, `500 kB (512000 bytes)`. */
export function sizeInWords(bytes: number): string {
  const words = bytes % mega === 0 ? `${bytes / mega} MB` : `${Math.floor(bytes / 1024)} kB`;
  return `${words} (${bytes} bytes)`;
}

/** `6.0 MB`, never less than there is. */
export function megabytes(bytes: number): string {
  return `${(Math.ceil((bytes / mega) * 10) / 10).toFixed(1)} MB`;
}
