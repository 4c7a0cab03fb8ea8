/** Small real files. */

/** A PDF of about so many bytes. */
export function pdfOf(bytes: number): Buffer {
  const filler = `% ${'x'.repeat(bytes)}\n`;
  return Buffer.from(`%PDF-1.4\n${filler}1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);
}

export const photoBytes = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
