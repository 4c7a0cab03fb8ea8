interface Tagged extends CustomElementConstructor {
  readonly prosaVersion?: string;
}

/** The package that an element comes from. */
export interface ElementOrigin {
  readonly packageName: string;
  readonly version: string;
}

/**
 * Registers an element. Where there are no elements (a server) it does nothing; where the same version is registered
 * already it says nothing; where another version is, the first one stays and the console says so.
 */
export function defineElement(
  tagName: string,
  element: CustomElementConstructor,
  { packageName, version }: ElementOrigin,
): void {
  if (typeof customElements === 'undefined') return;
  const existing = customElements.get(tagName) as Tagged | undefined;
  if (!existing) {
    Object.defineProperty(element, 'prosaVersion', { value: version });
    customElements.define(tagName, element);
    return;
  }
  if (existing === element || existing.prosaVersion === version) return;
  console.warn(
    `unable to define <${tagName}> ${version}; version ${existing.prosaVersion ?? 'unknown'} is defined already. ` +
      `Load one version of ${packageName}.`,
  );
}
