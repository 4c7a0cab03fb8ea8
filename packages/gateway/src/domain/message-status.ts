/** One rule for both sides: what a webhook says of a message, and what a client takes from it. */
export { advanceStatus } from '@prosa/core/headless';
