import { css } from 'lit';

/** Buttons, fields, chips. */
export const controlStyles = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 34px;
    padding: 4px 13px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 550;
    font-size: calc(var(--_size) - 0.5px);
    line-height: 1.2;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color var(--_motion),
      border-color var(--_motion);
  }
  .button:hover {
    background: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    border-color: color-mix(in oklab, var(--_text) 18%, var(--_line));
  }
  .button.primary {
    background: var(--_accent);
    border-color: transparent;
    color: var(--_accent-ink);
  }
  .button.primary:hover {
    background: var(--_accent-hover);
  }
  .button.quiet {
    background: transparent;
    border-color: transparent;
    color: var(--_accent-text);
  }
  .button.quiet:hover {
    background: var(--_hover);
  }
  .button[aria-disabled='true'],
  .button:disabled {
    background: var(--_chip);
    border-color: transparent;
    color: var(--_muted);
    cursor: default;
  }
  .button.block {
    inline-size: 100%;
  }
  .link-button {
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent-text);
    font-weight: 550;
    cursor: pointer;
    border-radius: 4px;
    text-align: start;
  }
  .link-button:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .icon-button {
    flex: none;
    display: inline-grid;
    place-items: center;
    inline-size: 34px;
    block-size: 34px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: transparent;
    color: var(--_muted);
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .icon-button:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .icon-button.small {
    inline-size: 26px;
    block-size: 26px;
  }
  .icon-button.small .icon {
    inline-size: 15px;
    block-size: 15px;
  }

  .field {
    display: grid;
    gap: 5px;
  }
  .field > label,
  .field > .label,
  legend {
    padding: 0;
    font-size: var(--_size-small);
    font-weight: 550;
    color: var(--_text);
  }
  .field .optional {
    font-weight: 400;
    color: var(--_muted);
  }
  .input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 38px;
    padding: 8px 11px;
    border: 1px solid color-mix(in oklab, var(--_line-strong) 70%, transparent);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    line-height: 1.4;
  }
  textarea.input {
    display: block;
    resize: vertical;
    min-block-size: 64px;
  }
  .input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .input:focus {
    outline: 2px solid var(--_accent);
    outline-offset: -1px;
    border-color: transparent;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .field .hint {
    font-size: var(--_size-small);
    color: var(--_muted);
  }
  .field .error,
  .form-error {
    display: flex;
    gap: 6px;
    font-size: var(--_size-small);
    color: var(--_danger);
  }
  .form-error {
    padding: 9px 11px;
    border-radius: var(--_radius);
    background: var(--_danger-soft);
  }
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
`;
