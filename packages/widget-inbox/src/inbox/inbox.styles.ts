import {
  baseStyles,
  composerStyles,
  controlStyles,
  feedbackStyles,
  mediaStyles,
  messageStyles,
  tokens,
} from '@prosa/ui';
import { listStyles } from '../list/list.styles.ts';
import { threadStyles } from '../thread/thread.styles.ts';
import { layoutStyles } from './layout.styles.ts';

/** Later ones win over earlier ones. */
export const inboxStyles = [
  tokens,
  baseStyles,
  controlStyles,
  feedbackStyles,
  listStyles,
  threadStyles,
  messageStyles,
  mediaStyles,
  composerStyles,
  layoutStyles,
];
