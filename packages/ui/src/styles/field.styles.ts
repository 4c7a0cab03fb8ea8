import { css } from 'lit';

/** What one writes into, with its label and what is wrong with it. */
export const fieldStyles = css`
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
`;
