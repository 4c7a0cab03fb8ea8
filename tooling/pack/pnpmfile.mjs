/** Read by pnpm when it packs and publishes: what only this repository needs stays out of the published package.json. */
export const hooks = {
  beforePacking({ scripts, devDependencies, prosa, ...manifest }) {
    const { sideEffects } = manifest;
    if (Array.isArray(sideEffects)) manifest.sideEffects = sideEffects.filter((path) => !path.startsWith('./src/'));
    return manifest;
  },
};
