import { css } from 'lit';

/** The picker of message templates, below a thread and in a dialog. */
export const templateStyles = css`
  .reason + .template-form {
    margin-block-start: 8px;
  }
  .template-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 12px 14px;
    border: 1px solid color-mix(in oklab, var(--_line-strong) 45%, var(--_line));
    border-radius: var(--_radius-large);
    background: var(--_page);
  }
  .template-foot:not(:has(button)) {
    display: none;
  }
  .template-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px 10px;
  }
  .template-foot > .quiet {
    margin-inline: -6px auto;
  }
  .template-choices {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    max-block-size: 208px;
    overflow-y: auto;
  }
  .template-choice {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
    inline-size: 100%;
    padding: 8px 11px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    text-align: start;
    cursor: pointer;
    transition: border-color var(--_motion);
  }
  .template-choice:hover {
    border-color: var(--_line-strong);
  }
  .template-choice:focus-visible {
    outline-offset: -2px;
  }
  .template-line {
    display: flex;
    align-items: center;
    gap: 7px;
    min-inline-size: 0;
  }
  .template-name {
    min-inline-size: 0;
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .template-body {
    display: -webkit-box;
    overflow: hidden;
    color: var(--_muted);
    font-size: var(--_size-small);
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow-wrap: anywhere;
  }
  .template-bone {
    block-size: 54px;
    border-radius: var(--_radius);
  }
  .template-fill {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: 10px;
    align-items: start;
    max-block-size: 264px;
    margin-inline: -4px;
    padding-inline: 4px;
    padding-block-end: 4px;
    overflow-y: auto;
  }
  .header-file-field,
  .template-preview {
    grid-column: 1 / -1;
  }
  .header-file-field > .button {
    justify-self: start;
  }
  .header-file-field .label {
    font-weight: 550;
    font-size: var(--_size-small);
  }
  .header-preview {
    display: block;
    max-inline-size: 100%;
    max-block-size: 160px;
    margin-block-end: 6px;
    border-radius: calc(var(--_radius-large) - 6px);
    font-weight: 550;
    overflow-wrap: anywhere;
  }
  .template-preview {
    display: grid;
    gap: 4px;
  }
  .template-preview .label {
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .template-preview .bubble {
    max-inline-size: min(100%, 440px);
  }
  .template-preview .message.ours {
    align-items: flex-start;
  }
  @container (inline-size < 520px) {
    .template-foot > .submit-hint {
      order: -1;
      flex: 1 0 100%;
      text-align: end;
    }
  }
`;
