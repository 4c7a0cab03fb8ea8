export { conversations, createClient } from '@prosa/core/modular';
