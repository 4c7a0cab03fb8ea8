import { css } from 'lit';
import { buttonStyles } from './button.styles.ts';

/** Buttons, chips, avatars. */
export const controlStyles = [
  buttonStyles,
  css`
    .search {
      position: relative;
    }
    .search > .icon {
      position: absolute;
      inset-block-start: 11px;
      inset-inline-start: 11px;
      inline-size: 16px;
      block-size: 16px;
      color: var(--_muted);
      pointer-events: none;
    }
    .search > .input {
      padding-inline-start: 34px;
    }

    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 5px;
      min-inline-size: 0;
    }
    .chip {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      max-inline-size: 100%;
      padding: 1px 7px;
      border-radius: 6px;
      background: var(--_chip);
      color: var(--_muted);
      font-size: var(--_size-tiny);
      font-weight: 500;
      line-height: 1.55;
      white-space: nowrap;
    }
    .chip > span {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .chip .icon {
      inline-size: 12px;
      block-size: 12px;
    }
    .chip.warning {
      font-weight: 600;
      background: var(--_warning-soft);
      color: var(--_warning);
    }
    .chip.dashed {
      background: none;
      box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_text) 16%, transparent);
    }

    .avatar {
      position: relative;
      flex: none;
      display: grid;
      place-items: center;
      inline-size: 40px;
      block-size: 40px;
      border-radius: 50%;
      background: color-mix(in oklab, var(--_muted) 16%, var(--_surface));
      color: color-mix(in oklab, var(--_text) 82%, var(--_muted));
      font-size: calc(var(--_size) - 1px);
      font-weight: 650;
      letter-spacing: 0.01em;
    }
    .avatar > .icon {
      inline-size: 20px;
      block-size: 20px;
    }
    .avatar.large {
      inline-size: 48px;
      block-size: 48px;
      font-size: calc(var(--_size) + 2px);
    }
    .avatar.compact {
      inline-size: 34px;
      block-size: 34px;
      font-size: var(--_size-small);
    }
    .badge-channel {
      position: absolute;
      inset-block-end: -2px;
      inset-inline-end: -3px;
      display: grid;
      place-items: center;
      inline-size: 18px;
      block-size: 18px;
      border: 2px solid var(--_row, var(--_page));
      border-radius: 50%;
      background: #1b9e55;
      color: #ffffff;
    }
    .badge-channel.webchat {
      background: #5660c9;
    }
    .badge-channel .icon {
      inline-size: 10px;
      block-size: 10px;
      stroke-width: 2.4;
    }

    @media (forced-colors: active) {
      .button,
      .icon-button,
      .chip,
      .avatar {
        border: 1px solid ButtonText;
      }
    }
  `,
];
