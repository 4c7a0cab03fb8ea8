import { css } from 'lit';

/** Quotes, reactions, marks, and the actions of a message. */
export const marksStyles = css`
  .mark {
    display: flex;
    align-items: center;
    gap: 5px;
    margin-block-end: 2px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .mark .icon,
  .by-phone .icon {
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }
  .by-phone {
    display: inline-flex;
  }
  .edited::after {
    content: ' ·';
  }
  .revoked > .bubble {
    border: 1px dashed var(--_line-strong);
    background: transparent;
    color: var(--_muted);
  }
  .revoked .picture,
  .revoked .sticker-image {
    opacity: 0.6;
  }

  .quoted {
    display: block;
    inline-size: 100%;
    margin-block: 1px 5px;
    padding: 5px 10px;
    border: 0;
    border-inline-start: 3px solid var(--_accent-text);
    border-radius: 7px;
    background: color-mix(in oklab, var(--_text) 5%, transparent);
    color: inherit;
    text-align: start;
  }
  .quoted.of-them {
    border-inline-start-color: var(--_line-strong);
  }
  button.quoted {
    cursor: pointer;
  }
  button.quoted:hover {
    background: color-mix(in oklab, var(--_text) 8%, transparent);
  }
  .quoted-name {
    display: block;
    font-size: var(--_size-small);
    font-weight: 650;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .quoted-text {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    color: color-mix(in oklab, var(--_text) 72%, var(--_muted));
    font-size: var(--_size-small);
    line-height: 1.4;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .reply-bar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 8px 8px 0;
  }
  .reply-bar .quoted {
    flex: 1;
    min-inline-size: 0;
    margin: 0;
  }
  .reply-bar .quoted-text {
    -webkit-line-clamp: 1;
  }

  .referral {
    display: grid;
    gap: 1px;
    margin: 0 -5px 7px;
    padding: 7px 10px 8px;
    border-radius: calc(var(--_radius-large) - 5px);
    background: color-mix(in oklab, var(--_text) 4%, transparent);
  }
  .referral-title {
    font-weight: 650;
    overflow-wrap: anywhere;
  }
  .referral-body {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    font-size: var(--_size-small);
    overflow-wrap: anywhere;
  }
  .referral .web-link {
    margin-block-start: 3px;
  }

  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    max-inline-size: calc(100% - 16px);
    margin: -5px 8px 2px;
  }
  .reaction {
    position: relative;
    box-sizing: border-box;
    max-inline-size: 100%;
    padding: 1px 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    font-size: var(--_size-small);
    line-height: 1.55;
    cursor: default;
  }

  .theirs > .send-problem {
    flex-wrap: nowrap;
    justify-content: flex-start;
  }
  .send-problem .icon {
    flex: none;
  }

  .message-actions {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: calc(100% + 6px);
    display: flex;
    gap: 2px;
    translate: 0 -50%;
    opacity: 0;
    transition: opacity var(--_motion);
  }
  .ours > .bubble > .message-actions {
    inset-inline: auto calc(100% + 6px);
  }
  .message-actions .icon-button {
    color: var(--_muted);
  }
  .message-actions .icon-button:hover,
  .message-actions .icon-button:focus-visible {
    color: var(--_text);
  }
  .message:hover .message-actions,
  .message-actions:focus-within,
  .message-actions:has([aria-expanded='true']) {
    opacity: 1;
  }
  .message.found {
    outline: none;
  }
  .message.found > .bubble {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  .reaction-picker {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 6px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius-large);
    background: var(--_surface);
    box-shadow: var(--_shadow);
    color: var(--_text);
  }
  .reaction-picker:popover-open {
    display: grid;
    grid-template-columns: repeat(6, 38px);
    gap: 2px;
  }
  .reaction-picker button {
    display: grid;
    place-items: center;
    inline-size: 38px;
    block-size: 38px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    font-size: 21px;
    line-height: 1;
    cursor: pointer;
  }
  .reaction-picker button:hover {
    background: var(--_hover);
  }
  .reaction-picker [aria-pressed='true'] {
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1.5px var(--_accent-text);
  }

  /* No room beside it: over its upper corner. */
  @container (inline-size < 560px) {
    .message-actions,
    .ours > .bubble > .message-actions {
      inset-block-start: -20px;
      inset-inline: auto 8px;
      translate: none;
      padding: 1px;
      border: 1px solid var(--_line);
      border-radius: 999px;
      background: var(--_surface);
      pointer-events: none;
    }
    .message:hover .message-actions,
    .message-actions:focus-within {
      pointer-events: auto;
    }
  }
`;
