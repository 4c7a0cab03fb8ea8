/** Small real files for tests. */

const onePixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export function pngFile(): Blob {
  return new Blob([Uint8Array.from(atob(onePixelPng), (c) => c.charCodeAt(0))], { type: 'image/png' });
}

export function pdfFile(): Blob {
  return new Blob(['%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'], {
    type: 'application/pdf',
  });
}

export function svgFile(): Blob {
  return new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'], {
    type: 'image/svg+xml',
  });
}

const onePixelWebp = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA';

export function webpFile(): Blob {
  return new Blob([Uint8Array.from(atob(onePixelWebp), (c) => c.charCodeAt(0))], { type: 'image/webp' });
}
