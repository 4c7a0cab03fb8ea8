import { createElement, useImperativeHandle, useRef, type ForwardedRef, type ReactElement } from 'react';
import { useCommitEffect } from './environment.ts';

/** How the props of a component reach its element. */
export interface ElementBinding {
  readonly tagName: string;
  /** Props that are set as properties of the element; all others are left to React, as attributes. */
  readonly properties: readonly string[];
  /** Prop → name of the event that it listens to. */
  readonly events: Readonly<Record<string, string>>;
}

type Props = Readonly<Record<string, unknown>>;
interface Applied {
  readonly element: Element;
  readonly values: Props;
  readonly attributes: Props;
}

/**
 * Renders a custom element. React 18 knows neither properties nor events of one, so both are done here, for every
 * React alike. On a server it is the bare tag with its attributes.
 */
export function useElement<Host extends HTMLElement>(
  { tagName, properties, events }: ElementBinding,
  props: object,
  ref: ForwardedRef<Host>,
): ReactElement {
  const host = useRef<Host>(null);
  const newest = useRef<Props>({});
  const applied = useRef<Applied | null>(null);
  const given = props as Props;
  const attributes = attributesOf(given, properties, events);

  useCommitEffect(() => {
    newest.current = given;
    const element = host.current;
    if (!element) return;
    const before = applied.current?.element === element ? applied.current : null;
    const values: Record<string, unknown> = {};
    for (const name of properties) {
      values[name] = given[name];
      // Only what the page changed: the element may have moved on by itself, to another conversation for instance.
      if (given[name] !== before?.values[name]) Reflect.set(element, name, given[name]);
    }
    removeAttributes(element, before?.attributes ?? {}, attributes);
    applied.current = { element, values, attributes };
  });

  useCommitEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const listeners = Object.entries(events).map(([prop, name]) => {
      const listener = (event: Event): void => {
        const handler = newest.current[prop] as ((event: Event) => void) | undefined;
        handler?.(event);
      };
      element.addEventListener(name, listener);
      return () => {
        element.removeEventListener(name, listener);
      };
    });
    return () => {
      for (const remove of listeners) remove();
    };
  }, [events]);

  useImperativeHandle(ref, () => host.current as Host, []);

  return createElement(tagName, { ...attributes, ref: host });
}

function attributesOf(given: Props, properties: readonly string[], events: ElementBinding['events']): Props {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (properties.includes(name) || name in events) continue;
    // Of a custom element React 18 takes `className` for an attribute of that name, and writes `hidden="false"`.
    if (name === 'className') attributes['class'] = value;
    else if (name === 'hidden') attributes['hidden'] = value === false ? undefined : value;
    else attributes[name] = value;
  }
  return attributes;
}

/** Of a custom element React 19 does not remove what is also a property: `id` would stay, as `undefined`. */
function removeAttributes(element: Element, before: Props, now: Props): void {
  for (const [name, value] of Object.entries(before)) {
    const isAttribute = !/^(on[A-Z]|children$|style$|dangerouslySetInnerHTML$|suppress)/.test(name);
    if (isAttribute && value != null && now[name] == null) element.removeAttribute(name);
  }
}
