import { css } from 'lit';

export const panelStyles = css`
  :host {
    background: var(--_surface);
    container-type: inline-size;
  }
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 18px;
    padding: 20px 18px 24px;
  }
  .person {
    display: flex;
    align-items: center;
    gap: 12px;
  }
  .person-text {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .person-name {
    font-size: calc(var(--_size) + 2px);
  }
  .person-detail,
  .small {
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .facts {
    display: grid;
    gap: 9px;
    font-size: calc(var(--_size) - 0.5px);
  }
  .fact {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr);
    gap: 10px;
  }
  .fact dt {
    color: var(--_muted);
  }
  .fact dd {
    display: flex;
    align-items: flex-start;
    gap: 4px;
    overflow-wrap: anywhere;
  }
  .fact .numeric {
    white-space: nowrap;
  }
  @container (inline-size < 300px) {
    .fact {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }
  }
  .fact .icon-button {
    margin-block: -3px;
  }
  .notes {
    white-space: pre-line;
  }
  .unlinked {
    display: grid;
    gap: 8px;
  }
  .unlinked > p {
    margin-block-end: 4px;
    color: var(--_text);
    text-wrap: pretty;
  }
  .unlinked .button {
    min-block-size: 38px;
  }

  .history h3 {
    padding-block-end: 8px;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .history li {
    border-block-start: 1px solid var(--_line);
  }
  .history li:last-child {
    border-block-end: 1px solid var(--_line);
  }
  .history-line {
    display: flex;
    align-items: baseline;
    gap: 8px;
    inline-size: 100%;
    padding: 9px 2px;
    border: 0;
    background: none;
    font-size: calc(var(--_size) - 0.5px);
    text-align: start;
    cursor: pointer;
  }
  .history-line:hover {
    background: var(--_hover);
  }
  .history-name {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .history-outcome {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .history-date {
    flex: none;
    color: var(--_muted);
    font-size: var(--_size-small);
  }
  .history > .link-button {
    margin-block-start: 10px;
    color: var(--_accent-text);
  }
  .history-bones {
    display: grid;
    gap: 14px;
    padding-block: 4px;
  }
  .large-bone {
    flex: none;
    inline-size: 52px;
    block-size: 52px;
  }
  .person-bone {
    inline-size: 130px;
  }
`;
