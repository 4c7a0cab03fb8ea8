import '@prosa/widget-webchat/define';
import type { Identity, WebchatClient } from '@prosa/core/webchat';
import type { ProsaWebchat, WebchatEventMap, Words } from '@prosa/widget-webchat';
import { useMemo, useRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { elementComponent } from './element/element-component.ts';
import { useCommitEffect } from './element/environment.ts';
import type { HostProps } from './element/host-props.ts';

/** What is the webchat's own among the props of `<Webchat>`. */
export interface WebchatOwnProps {
  /** From `createWebchatClient`, instead of `baseUrl` and `webchatKey`. Make it outside of components. It is yours to end. */
  readonly client?: WebchatClient | undefined;
  /** Where the gateway is. */
  readonly baseUrl?: string | undefined;
  /** `wck_…`: which webchat. */
  readonly webchatKey?: string | undefined;
  /**
   * Who is logged in to the site: a token that its backend signed, or a function that gets one. The newest function is
   * used; it need not be the same on each render. For another person give the component another `key`.
   */
  readonly identity?: Identity | undefined;
  /** Opens or closes the panel when it changes. The visitor may do so, too: `onOpened` and `onClosed` tell. */
  readonly open?: boolean | undefined;
  /** Fills the element's own box, without a launcher. */
  readonly inline?: boolean | undefined;
  /** Words that replace those of the language. Keep them outside of the component. */
  readonly strings?: Partial<Words> | undefined;
  /** `light`, `dark`, `auto` (as the system); as the page when it is not set. */
  readonly theme?: 'light' | 'dark' | 'auto' | undefined;
  /** It can be used. */
  readonly onReady?: ((event: WebchatEventMap['prosa-webchat-ready']) => void) | undefined;
  /** The panel opened. */
  readonly onOpened?: ((event: WebchatEventMap['prosa-webchat-opened']) => void) | undefined;
  /** The panel closed. */
  readonly onClosed?: ((event: WebchatEventMap['prosa-webchat-closed']) => void) | undefined;
  /** The team wrote. */
  readonly onMessage?: ((event: WebchatEventMap['prosa-webchat-message']) => void) | undefined;
  /** The number of messages that the visitor has not seen changed; also when it is 0 again. */
  readonly onUnread?: ((event: WebchatEventMap['prosa-webchat-unread']) => void) | undefined;
  /** The visitor began a conversation. */
  readonly onStarted?: ((event: WebchatEventMap['prosa-webchat-started']) => void) | undefined;
  /** The conversation is over, by whomever. */
  readonly onEnded?: ((event: WebchatEventMap['prosa-webchat-ended']) => void) | undefined;
  /** A message is about to go out. `event.preventDefault()` keeps it in the composer. */
  readonly onBeforeSend?: ((event: WebchatEventMap['prosa-before-send']) => void) | undefined;
  /** Something did not work. The webchat tells the visitor what they can do; the page may log it. */
  readonly onError?: ((event: WebchatEventMap['prosa-error']) => void) | undefined;
}

/** Props of `<Webchat>`. */
export interface WebchatProps extends WebchatOwnProps, HostProps<ProsaWebchat, WebchatOwnProps> {}

const binding = {
  tagName: 'prosa-webchat',
  properties: ['client', 'baseUrl', 'webchatKey', 'identity', 'open', 'inline', 'strings', 'theme'],
  events: {
    onReady: 'prosa-webchat-ready',
    onOpened: 'prosa-webchat-opened',
    onClosed: 'prosa-webchat-closed',
    onMessage: 'prosa-webchat-message',
    onUnread: 'prosa-webchat-unread',
    onStarted: 'prosa-webchat-started',
    onEnded: 'prosa-webchat-ended',
    onBeforeSend: 'prosa-before-send',
    onError: 'prosa-error',
  },
} as const satisfies {
  tagName: keyof HTMLElementTagNameMap;
  properties: readonly (keyof WebchatOwnProps & keyof ProsaWebchat)[];
  events: Record<Extract<keyof WebchatOwnProps, `on${string}`>, keyof WebchatEventMap>;
};

/**
 * The webchat of a website, for its visitors: no provider is needed. A launcher in the corner, or with `inline` the
 * conversation in a box of the page. The ref is the `<prosa-webchat>` element, with `openPanel()`, `hide()`,
 * `setUser()`, `logout()` and the like.
 *
 * @example
 * <Webchat baseUrl="https://chat.example.com" webchatKey="wck_…" identity={fetchIdentity} />
 */
export const Webchat: ForwardRefExoticComponent<WebchatProps & RefAttributes<ProsaWebchat>> =
  /* @__PURE__ */ elementComponent('Webchat', binding, useIdentity);

/** A function written in JSX is another one on each render: to the element it is the same person. */
function useIdentity({ identity }: WebchatOwnProps): Pick<WebchatOwnProps, 'identity'> {
  const newest = useRef(identity);
  useCommitEffect(() => {
    newest.current = identity;
  });
  const ask = useMemo(
    () => async (): Promise<string> => {
      const { current } = newest;
      return typeof current === 'function' ? current() : (current ?? '');
    },
    [],
  );
  return { identity: typeof identity === 'function' ? ask : identity };
}
