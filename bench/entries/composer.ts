export { createComposers } from '@prosa/core/headless';
