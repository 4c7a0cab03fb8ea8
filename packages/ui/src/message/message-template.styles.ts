import { css } from 'lit';

/** What the customer sees of a message template or a question. */
export const templateTextStyles = css`
  .template-header {
    display: block;
    margin-block-end: 2px;
    font-weight: 650;
  }
  .template-footer {
    display: block;
    margin-block-start: 3px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .message-options {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    margin-block: 7px 2px;
  }
  .message-options li {
    padding: 2px 10px;
    border: 1px solid var(--_line-strong);
    border-radius: 999px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
`;
