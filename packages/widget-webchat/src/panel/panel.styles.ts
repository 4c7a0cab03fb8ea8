import { css } from 'lit';

export const panelStyles = css`
  :host {
    --_layer: var(--prosa-layer, 2147483000);
    --_bubble-in: var(--prosa-bubble-in, light-dark(#ffffff, #23282d));
  }
  :host(:not([inline])) {
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
  :host([inline]) {
    block-size: 560px;
  }
  .frame {
    direction: inherit;
  }
  :host([inline]) .frame {
    block-size: 100%;
  }

  .panel {
    position: fixed;
    z-index: var(--_layer);
    inset: auto 20px calc(92px + env(safe-area-inset-bottom, 0px)) auto;
    display: none;
    inline-size: 376px;
    block-size: min(620px, 100dvh - 116px);
    max-inline-size: none;
    max-block-size: none;
    margin: 0;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 18px;
    background: var(--_sunken);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  .frame.left .panel {
    inset-inline: 20px auto;
  }
  .panel[open],
  .panel.inline {
    display: flex;
    flex-direction: column;
  }
  .panel[open] {
    animation: rise var(--_motion) ease-out;
  }
  .panel::backdrop {
    background: none;
  }
  .panel.inline {
    position: relative;
    inset: auto;
    inline-size: 100%;
    block-size: 100%;
    box-shadow: none;
  }
  .panel:focus {
    outline: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @media (max-width: 480px) {
    .panel:not(.inline) {
      inset: 0;
      inline-size: 100%;
      block-size: 100dvh;
      border: 0;
      border-radius: 0;
    }
    .frame.left .panel:not(.inline) {
      inset: 0;
    }
    .launcher.is-open {
      display: none;
    }
  }

  .head {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 72px;
    padding: 12px 10px 12px 18px;
    background: var(--_accent);
    color: var(--_accent-ink);
  }
  .mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    border-radius: 50%;
    background: color-mix(in oklab, var(--_accent-ink) 10%, transparent);
    font-size: 13px;
    font-weight: 650;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
  }
  .head h2 {
    font-size: var(--_size-title);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .head p {
    font-size: var(--_size-small);
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .head-button.words {
    inline-size: auto;
    padding-inline: 10px;
    font-size: var(--_size-small);
    font-weight: 550;
  }
  .head-button {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .head-button:hover {
    background: color-mix(in oklab, var(--_accent-ink) 14%, transparent);
  }
  .head-button:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
  .head-button + .head-button {
    margin-inline-start: -8px;
  }

  .connection-line {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 8px 16px;
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: var(--_size-small);
  }
  .connection-line > span {
    flex: 1;
  }
  .connection-line .link-button {
    flex: none;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .connection-line.reconnecting {
    animation: later 1.5s step-end;
  }
  @keyframes later {
    from {
      position: absolute;
      visibility: hidden;
    }
  }

  .state > .icon-button {
    position: absolute;
    inset-block-start: 16px;
    inset-inline-end: 12px;
  }
  .state {
    flex: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 14px;
    padding: 24px;
    text-align: center;
    color: var(--_muted);
  }
  .spinner {
    inline-size: 26px;
    block-size: 26px;
    border: 2.5px solid var(--_line);
    border-block-start-color: var(--_accent-text);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  .drop {
    position: absolute;
    inset: 8px;
    z-index: 2;
    display: grid;
    place-items: center;
    border: 2px dashed var(--_accent);
    border-radius: 14px;
    background: color-mix(in oklab, var(--_surface) 92%, transparent);
    font-weight: 550;
    pointer-events: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
  }
  @media (forced-colors: active) {
    .head,
    .launcher,
    .send,
    :checked + span {
      forced-color-adjust: none;
    }
  }
`;
