import { css } from 'lit';

/** Buttons with words, with an icon, or that look like a link. */
export const buttonStyles = css`
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
  .button.soft {
    background: var(--_accent-soft);
    border-color: transparent;
    color: var(--_accent-text);
  }
  .button.soft:hover {
    background: color-mix(in oklab, var(--_accent) 12%, var(--_accent-soft));
  }
  /* Wins over what a kind of button looks like under the pointer. */
  .button.button:is([aria-disabled='true'], :disabled) {
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
`;
