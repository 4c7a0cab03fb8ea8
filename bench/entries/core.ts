export { createClient } from '@prosa/core';
