import { defineElement } from '@prosa/ui';
import { version } from '../version.ts';

/** Registers an element of this package; see `defineElement`. */
export function safeDefine(tagName: string, element: CustomElementConstructor): void {
  defineElement(tagName, element, { packageName: '@prosa/widget-inbox', version });
}
