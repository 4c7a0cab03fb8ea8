import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { useElement, type ElementBinding } from './use-element.ts';

/**
 * The component of a custom element.
 *
 * @param name as developer tools show it
 * @param useMore a hook that gives props which do not come from the page
 */
export function elementComponent<Host extends HTMLElement, Props extends object>(
  name: string,
  binding: ElementBinding,
  useMore: (props: Props) => Partial<Props> = nothingMore,
): ForwardRefExoticComponent<Props & RefAttributes<Host>> {
  const component = forwardRef<Host, Props>((props, ref) =>
    // What is given here is without `ref` already, which React's types do not say.
    useElement(binding, { ...props, ...useMore(props as Props) }, ref),
  );
  component.displayName = name;
  return component as ForwardRefExoticComponent<Props & RefAttributes<Host>>;
}

function nothingMore(): object {
  return {};
}
