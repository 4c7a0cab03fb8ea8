import { css } from 'lit';

export const threadStyles = css`
  .thread-pane {
    position: relative;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
    background: var(--_sunken);
    container-type: inline-size;
  }
  .thread-head {
    gap: 10px;
  }
  .who {
    flex: 1;
    min-inline-size: 0;
    display: grid;
  }
  .who-name {
    display: flex;
    min-inline-size: 0;
    font-size: var(--_size-title);
    line-height: 1.3;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .who-button {
    min-inline-size: 0;
    padding: 0 2px;
    margin-inline-start: -2px;
    border: 0;
    border-radius: 4px;
    background: none;
    font-weight: inherit;
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    cursor: pointer;
  }
  .who-button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
    text-decoration-thickness: 1px;
  }
  .who-button:focus-visible {
    outline-offset: -2px;
  }
  .who-detail {
    display: flex;
    align-items: center;
    gap: 5px;
    min-inline-size: 0;
    color: var(--_muted);
    font-size: var(--_size-small);
    white-space: nowrap;
  }
  .protocol {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-inline-size: 0;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .protocol:hover {
    color: var(--_text);
  }
  .protocol .icon {
    inline-size: 13px;
    block-size: 13px;
    opacity: 0.75;
  }
  .actions {
    flex: none;
    display: flex;
    gap: 8px;
  }
  .action .icon {
    inline-size: 16px;
    block-size: 16px;
    color: var(--_accent-text);
    margin-inline-start: -2px;
  }

  .return-bar,
  .thread-notice {
    flex: none;
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 7px 16px;
    border-block-end: 1px solid var(--_line);
    border-radius: 0;
    background: var(--_surface);
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .return-bar .icon {
    inline-size: 15px;
    block-size: 15px;
  }
  .thread-notice {
    background: var(--_accent-soft);
    color: var(--_text);
    padding-block: 5px;
  }
  .thread-notice.danger {
    background: var(--_danger-soft);
    color: var(--_danger);
  }
  .thread-notice .icon-button {
    color: inherit;
  }

  .thread-area {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .log {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    padding-inline: 24px;
    overflow-anchor: none;
  }
  .log:focus-visible {
    outline-offset: -3px;
  }
  .log > .virtual-sizer {
    flex: none;
    margin-block-start: auto;
  }
  .virtual-rows {
    will-change: transform;
  }
  .log-top {
    display: flex;
    justify-content: center;
    padding-block: 6px 2px;
  }
  .loading-older {
    position: absolute;
    inset-block-start: 10px;
    inset-inline: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .thread-area .page-problem {
    position: absolute;
    inset-block-start: 10px;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    padding: 4px 14px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
  }
  .to-end {
    position: absolute;
    inset-block-end: 14px;
    inset-inline-end: 20px;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border: 1px solid var(--_line);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    cursor: pointer;
    animation: prosa-rise var(--_motion) ease-out;
  }
  .to-end .count {
    position: absolute;
    inset-block-start: -8px;
    inset-inline-end: -6px;
  }

  .reason {
    align-items: center;
    padding: 11px 14px;
    border-radius: var(--_radius-large);
    font-size: calc(var(--_size) - 0.5px);
    line-height: 1.4;
  }
  .reason > .icon {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
  }
  .reason > .grow {
    text-wrap: pretty;
  }

  .reason > .accept {
    display: none;
  }

  .head-bone {
    flex: none;
    inline-size: 34px;
    block-size: 34px;
  }
  .head-name-bone {
    inline-size: 160px;
  }
  .thread-skeleton {
    flex: 1;
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: 8px;
    padding: 20px 24px;
    overflow: hidden;
  }
  .bubble-bone {
    block-size: 38px;
    border-radius: var(--_radius-large);
    inline-size: 40%;
  }
  .bubble-bone.ours {
    align-self: flex-end;
  }
  .s2 {
    inline-size: 28%;
  }
  .s3 {
    inline-size: 52%;
    block-size: 58px;
  }

  .typing {
    display: flex;
    align-items: center;
    gap: 7px;
    padding-block-end: 7px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .dots {
    display: inline-flex;
    gap: 3px;
  }
  .dots i {
    inline-size: 5px;
    block-size: 5px;
    border-radius: 50%;
    background: currentColor;
    animation: dot 1.1s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes dot {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
      opacity: 0.7;
    }
  }
  .thread-connection > .connection-notice {
    margin: 8px 12px;
  }
  .thread-connection {
    display: none;
    background: var(--_surface);
  }

  /* Words while there is room: those of Finalizar go last. */
  @container (inline-size < 500px) {
    .who-origin,
    .action:not(.finish) .action-name {
      display: none;
    }
    .action:not(.finish) {
      inline-size: 36px;
      padding-inline: 0;
    }
    .action:not(.finish) .icon {
      margin: 0;
      inline-size: 18px;
      block-size: 18px;
    }
  }
  @container (inline-size < 400px) {
    .finish .action-name {
      display: none;
    }
    .finish {
      inline-size: 36px;
      padding-inline: 0;
    }
    .finish .icon {
      margin: 0;
      inline-size: 18px;
      block-size: 18px;
    }
  }
  @container prosa-inbox (inline-size < 480px) {
    .thread-connection {
      display: block;
    }
  }
  @container (inline-size < 560px) {
    .log {
      padding-inline: 14px;
    }
    .reason > .button {
      min-block-size: 40px;
    }
    .reason {
      flex-wrap: wrap;
    }
    .actions > .accept {
      display: none;
    }
    .reason > .accept {
      display: inline-flex;
    }
    .reason > .button {
      inline-size: 100%;
      min-block-size: 40px;
    }
  }
`;
