interface Page {
  readonly document: Document;
}

/** The page that this runs in: tabs are shared by pages only. */
export function ownPage(): Document {
  return (globalThis as unknown as Page).document;
}

export function isPageHidden(): boolean {
  return ownPage().visibilityState === 'hidden';
}
