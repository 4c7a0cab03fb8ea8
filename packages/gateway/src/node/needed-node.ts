/** Imports nothing: an older Node must get as far as the sentence. */

/** What to say to a Node that is too old for the gateway; `null` for one that is not. */
export function complaintAboutNode(version: string = process.versions.node): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 16)) return null;
  return `Prosa's gateway needs Node 22.16 or newer; this is Node ${version}.`;
}
